// The engine loads a TypeScript main through ts-node, which checks types at every run; tsx only strips them. What is loaded before
// tsx loads twice as fast.
require("@pulumi/policy");
require("tsx/cjs");
require("./pack.ts");
