import { readFileSync } from "node:fs";
import { expect } from "chai";
import { asMarkdown } from "../../../tools/argument-reference/markdown";
import { readReference, referenceFile, undocumented } from "../../../tools/argument-reference/main";

describe("docs/arguments.md", () => {
    const reference = readReference();
    const text = asMarkdown(reference);
    const lineOf = (section: string, argument: string): string | undefined =>
        text
            .split(`\n## ${section}\n`)[1]
            ?.split("\n## ")[0]
            ?.split("\n")
            .find((line) => line.startsWith(`- \`${argument}\``));

    it("is what `npm run docs:arguments` writes", () => {
        expect(readFileSync(referenceFile, "utf8")).to.equal(text);
    });

    it("has every component that a program makes, and none that only other components make", () => {
        const names = reference.components.map(({ name }) => name);
        expect(names).to.include.members(["ApiEdge", "ExternalApi", "MeshedService", "ServiceMesh"]);
        expect(names).not.to.include("MemberTask");
    });

    it("explains every argument: a sentence of its own, or of its type", () => {
        expect(undocumented(reference)).to.deep.equal([]);
    });

    it("says of an argument its type, unit, default, and what a refusal asks for", () => {
        expect(lineOf("ExternalApi", "timeoutSeconds")).to.equal(
            "- `timeoutSeconds`: `number`. Seconds after which the gateway gives up on the backend; below its own 29. " +
                "Unit: seconds. Default: 28. Use: at least 1 and below API Gateway's 29 seconds.",
        );
    });

    it("reads what a refusal asks for through constants of other files", () => {
        expect(lineOf("MeshServiceDefinition", "localPort")).to.match(
            /Use: a whole number from 1024 to 65535 other than [\d, ]+\.$/,
        );
    });

    it("gives a refusal to the type that is checked, not to a namesake", () => {
        expect(lineOf("ExistingNetwork", "privateSubnetIds")).to.include("at least 2 subnets");
        expect(lineOf("MeshNetwork", "privateSubnetIds")).not.to.include("Use:");
    });
});
