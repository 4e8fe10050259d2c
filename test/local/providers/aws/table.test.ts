import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { AwsProvider } from "../../../../local/providers/aws/provider";
import { awsTable } from "../../../../local/providers/aws/table";
import { UNKNOWN, type Props } from "../../../../local/providers/rpc/values";
import { describePackage } from "../../../../local/providers/schema/cache";
import type { PackageDescription } from "../../../../local/providers/schema/cache";
import { cacheFolder } from "../../../../local/providers/schema/folders";
import { declarationFile, installedPackage } from "../../../../local/providers/schema/source";
import { MINIMAL } from "../support/minimal";
import { changeTo, created, forgetScratch, newAws, subjectOf } from "../support/providers";

const TOKENS = Object.keys(awsTable);

describe("the table of AWS resource types", () => {
    let description: PackageDescription;
    let provider: AwsProvider;
    before(async () => {
        description = await describePackage("@pulumi/aws", TOKENS, cacheFolder());
    });
    beforeEach(async () => {
        provider = await newAws();
    });
    after(forgetScratch);

    it("has a minimal example for every type, and no other", () => {
        expect(Object.keys(MINIMAL).sort()).to.deep.equal([...TOKENS].sort());
    });

    it("names only types that @pulumi/aws registers by that very token", () => {
        const source = installedPackage("@pulumi/aws");
        const wrong = TOKENS.filter((token) => {
            const code = readFileSync(declarationFile(source, token).replace(/\.d\.ts$/, ".js"), "utf8");
            return !code.includes(`__pulumiType = '${token}'`);
        });
        expect(wrong).to.deep.equal([]);
    });

    it("speaks only of inputs and outputs that the types have", () => {
        const unknown = Object.entries(awsTable).flatMap(([token, emulation]) => {
            const shape = description.resources[token];
            const inputs = Object.keys(shape?.inputs ?? {});
            const replaces = emulation.replaces === "all" ? [] : emulation.replaces;
            const asInputs = [
                ...replaces,
                ...(emulation.updates ?? []),
                ...Object.keys(emulation.defaults ?? {}),
            ];
            const autonamed = emulation.autoname === undefined ? [] : [emulation.autoname.property];
            const causes = Object.values(emulation.changesWith ?? {}).flat();
            const outputs = [...Object.keys(emulation.outputs), ...Object.keys(emulation.changesWith ?? {})];
            return [
                ...[...asInputs, ...autonamed, ...causes].filter((name) => !inputs.includes(name)),
                ...[...outputs, ...(emulation.secrets ?? [])].filter(
                    (name) => !shape?.outputs.includes(name),
                ),
            ].map((name) => `${token} ${name}`);
        });
        expect(unknown).to.deep.equal([]);
    });

    it("names every type that takes an optional name", () => {
        const unnamed = TOKENS.filter((token) => {
            const name = description.resources[token]?.inputs.name;
            return name !== undefined && !name.required && awsTable[token]?.autoname === undefined;
        });
        expect(unnamed).to.deep.equal([]);
    });

    for (const [token, { inputs, id, arn }] of Object.entries(MINIMAL)) {
        describe(token, () => {
            const subject = subjectOf(token);

            it("accepts the least that AWS accepts", async () => {
                expect((await provider.check(subject, undefined, inputs)).failures).to.deep.equal([]);
            });

            it("leaves what it computes unknown at preview, and nothing else", async () => {
                const checked = await provider.check(subject, undefined, inputs);
                const preview = await provider.create(subject, checked.inputs, true);
                const unknown = Object.keys(preview.outputs).filter((name) =>
                    isUnknown(preview.outputs[name]),
                );
                const computed = Object.keys(awsTable[token]?.outputs ?? {}).filter(
                    (name) => !(name in checked.inputs),
                );
                expect(preview.id).to.equal("");
                expect(unknown.sort()).to.deep.equal(computed.sort());
            });

            it("has an id and an ARN in AWS's form", async () => {
                const resource = await created(provider, subject, inputs);
                expect(resource.id).to.match(id);
                if (arn === undefined) {
                    expect(resource.outputs).not.to.have.property("arn");
                } else {
                    expect(resource.outputs.arn).to.match(arn);
                }
            });

            it("computes the same in each run, and keeps it when nothing changes", async () => {
                const first = await created(provider, subject, inputs);
                const again = await created(await newAws(), subject, inputs);
                expect(again.id).to.equal(first.id);
                const change = await changeTo(provider, subject, first, inputs);
                expect(provider.diff(subject, change).changed).to.deep.equal([]);
                expect(untimed(await provider.update(subject, change, false))).to.deep.equal(
                    untimed(first.outputs),
                );
            });
        });
    }
});

/** Without when it was last updated: that is now. */
function untimed(outputs: Props): Props {
    return Object.fromEntries(Object.entries(outputs).filter(([name]) => name !== "lastUpdatedDate"));
}

function isUnknown(value: unknown): boolean {
    return JSON.stringify(value).includes(UNKNOWN);
}
