// The SDK loads TypeScript's compiler and npm's Arborist wherever it is imported, to serialize functions that are to run elsewhere: two thirds
// of the import's time. Here they are loaded with the first function that is serialized.
const Module = require("node:module");

const FUNCTIONS = {
    codePaths: ["computeCodePaths", "findWorkspaceRoot"],
    serializeClosure: ["serializeFunction", "serializeFunctionAsync"],
};
const file = new RegExp(`/@pulumi/pulumi/runtime/closure/(${Object.keys(FUNCTIONS).join("|")})\\.js$`);
const load = Module._extensions[".js"];

Module._extensions[".js"] = (module, path) => {
    const names = FUNCTIONS[file.exec(path)?.[1]];
    if (names === undefined) {
        load(module, path);
        return;
    }
    let real;
    for (const name of names) {
        module.exports[name] = (...args) => {
            if (real === undefined) {
                real = Object.assign(new Module(path, module), { filename: path, paths: module.paths });
                load(real, path);
            }
            return real.exports[name](...args);
        };
    }
};
