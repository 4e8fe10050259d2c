// The SDK loads in a quarter of the time before tsx: this process registers resources, as a program does.
require("../../onDemand.cjs");
require("@pulumi/pulumi/provider");
require("@pulumi/aws/ec2");
require("../../typescript.cjs");
