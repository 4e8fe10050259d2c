import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programDependencies } from "../../../local/language-host/programDependencies";
import { requiredPackages } from "../../../local/language-host/requiredPackages";

describe("packages of a program", () => {
    let program: string;
    const write = (folder: string, manifest: object): void => {
        mkdirSync(join(program, folder), { recursive: true });
        writeFileSync(join(program, folder, "package.json"), JSON.stringify(manifest));
    };

    before(() => {
        program = mkdtempSync(join(tmpdir(), "packages-"));
        write("", { name: "program", version: "1.0.0", dependencies: { "@pulumi/aws": "7", absent: "1" } });
        write("node_modules/@pulumi/aws", {
            name: "@pulumi/aws",
            version: "7.48.0",
            pulumi: { resource: true, name: "aws", version: "7.48.0" },
        });
        write("node_modules/plain", { name: "plain", version: "1.2.3" });
        write("node_modules/plain/node_modules/@pulumi/tls", {
            name: "@pulumi/tls",
            version: "v5.6.1",
            pulumi: { resource: true, server: "https://plugins.example" },
        });
        write("policies/node_modules/@pulumi/random", {
            name: "@pulumi/random",
            version: "4.0.0",
            pulumi: { resource: true },
        });
    });
    after(() => {
        rmSync(program, { recursive: true, force: true });
    });

    it("ask for their plugins, also those of nested packages, not those of the policy pack", () => {
        expect(requiredPackages(program)).to.deep.equal([
            { name: "aws", version: "v7.48.0", server: "" },
            { name: "tls", version: "v5.6.1", server: "https://plugins.example" },
        ]);
    });

    it("are listed as installed, the program's own or all", () => {
        expect(programDependencies(program, false)).to.deep.equal([
            { name: "@pulumi/aws", version: "7.48.0" },
        ]);
        expect(programDependencies(program, true).map(({ name }) => name)).to.deep.equal([
            "@pulumi/aws",
            "plain",
            "@pulumi/tls",
        ]);
    });
});
