// What `local/pulumi` needs at every start; it loads in half the time before tsx.
require("zod");
require("yaml");
require("tsx/cjs");
