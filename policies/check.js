#!/usr/bin/env node
// Run as `node check.js policy-config.json`: the engine takes misspelt rules and switched-off ones in silence.
require("tsx/cjs");
require("./check.ts");
