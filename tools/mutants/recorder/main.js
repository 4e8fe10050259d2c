// The engine loads a TypeScript main through ts-node, which checks types at every run; tsx only strips them.
require("tsx/cjs");
require("./pack.ts");
