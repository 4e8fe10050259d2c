// Lets Node.js run the TypeScript of local/. What is loaded before tsx loads in half the time.
require("@pulumi/pulumi/proto/provider_grpc_pb");
require("tsx/cjs");
