import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import {
    optionVariables,
    packageManagerPrompts,
    readRuntimeOptions,
} from "../../../local/language-host/runtimeOptions";

describe("runtime options", () => {
    it("run the program through ts-node unless told otherwise", () => {
        const options = readRuntimeOptions(undefined);
        expect(options).to.deep.equal({
            typescript: true,
            tsconfig: undefined,
            nodeArgs: [],
            packageManager: undefined,
            production: false,
        });
        expect(optionVariables(options)).to.deep.equal({ PULUMI_NODEJS_TYPESCRIPT: "true" });
    });

    it("set no variable for a program without ts-node", () => {
        const struct = Struct.fromJavaScript({ typescript: false, nodeargs: "--import tsx" });
        expect(optionVariables(readRuntimeOptions(struct))).to.deep.equal({});
        expect(readRuntimeOptions(struct).nodeArgs).to.deep.equal(["--import", "tsx"]);
    });

    it("hand on the path of a tsconfig.json", () => {
        const struct = Struct.fromJavaScript({ typescript: false, tsconfig: "other.json" });
        expect(optionVariables(readRuntimeOptions(struct))).to.deep.equal({
            PULUMI_NODEJS_TSCONFIG_PATH: "other.json",
        });
    });

    it("refuse another type, and a package manager that is not known", () => {
        expect(() => readRuntimeOptions(Struct.fromJavaScript({ typescript: "no" }))).to.throw(
            "typescript option must be a boolean",
        );
        expect(() => readRuntimeOptions(Struct.fromJavaScript({ packagemanager: "pip" }))).to.throw(
            'packagemanager option must be one of auto, npm, yarn, pnpm or bun, got "pip"',
        );
    });

    it("ask for the package manager only where it is open", () => {
        expect(
            packageManagerPrompts(Struct.fromJavaScript({ packagemanager: "yarn" })).getPromptsList(),
        ).to.deep.equal([]);
        const [prompt] = packageManagerPrompts(undefined).getPromptsList();
        expect(prompt?.getKey()).to.equal("packagemanager");
        expect(prompt?.getDefault()?.getStringvalue()).to.equal("npm");
    });
});
