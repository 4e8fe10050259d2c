import { expect } from "chai";
import { EnvoyProcess } from "../../local/lab/EnvoyProcess";
import { yamlOfEnvoy } from "../../policies/facts/envoy/yaml";
import { requireEnvoy } from "../support/envoy";

const admin = { host: "127.77.242.1", port: 9901 };

/** What the policies must take for the same as Envoy does. */
const agreed = [
    ...["~", "null", "Null", "NULL", ""],
    ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"],
    ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"],
    ...["0", "5", "-5", "+5", "60000"],
    ...[
        "5s",
        "0.5s",
        "127.0.0.1",
        "/ready",
        "tRUE",
        "nUll",
        "1_000",
        "1:30",
        "5 s",
        "a#b",
        "a # comment",
        "2026-11-28",
    ],
    ...["'true'", '"true"', "'5'", '"\\u0041\\n"', "''", "'it''s'"],
];

/** Numbers to the policies; to Envoy texts, which a field that wants a number takes for one. Later versions take them as numbers. */
const fractions = ["1.5", "1.50", "-0.25", "1e3", "2E2", "1.5e-1"];

/** Numbers to Envoy that stay texts for the policies, whose rules then miss their number. */
const otherBases: readonly (readonly [string, number])[] = [
    ["010", 8],
    ["0x10", 16],
];

/** What the policies refuse, and what Envoy makes of it. */
const refused: readonly (readonly [string, unknown])[] = [
    ["{!ignore a: true}", {}],
    ["{a: !!str true}", { a: true }],
    ["{a: ! true}", { a: "true" }],
    ["{a: !anything true}", { a: true }],
];

describe("The text of a bootstrap, to Envoy and to the policies", () => {
    let envoy: EnvoyProcess;
    let read: Metadata;
    let id: string;

    before(async function () {
        const binary = await requireEnvoy(this);
        envoy = await EnvoyProcess.start({ binary, bootstrap: bootstrap(), environment: {}, admin });
        const { body } = await envoy.admin("GET", "/config_dump?resource=&mask=bootstrap.node");
        ({ id, metadata: read } = nodeOf(JSON.parse(body) as Dump));
    });

    after(async () => {
        await (envoy as EnvoyProcess | undefined)?.stop();
    });

    for (const [index, scalar] of agreed.entries()) {
        it(`means the same: ${JSON.stringify(scalar)}`, () => {
            expect(yamlOfEnvoy(`a: ${scalar}`)).to.deep.equal({ a: read[`agreed${index}`] });
        });
    }

    for (const [index, scalar] of fractions.entries()) {
        it(`means the same number: ${scalar}`, () => {
            expect(yamlOfEnvoy(`a: ${scalar}`)).to.deep.equal({ a: Number(read[`fraction${index}`]) });
        });
    }

    for (const [index, [scalar, number]] of otherBases.entries()) {
        it(`is no number to the policies: ${scalar}`, () => {
            expect(read[`otherBase${index}`]).to.equal(number);
            expect(yamlOfEnvoy(`a: ${scalar}`)).to.deep.equal({ a: scalar });
        });
    }

    for (const [index, [text, meaning]] of refused.entries()) {
        it(`is refused where it says another thing than Envoy takes: ${text}`, () => {
            expect(read[`refused${index}`]).to.deep.equal(meaning);
            expect(() => yamlOfEnvoy(text)).to.throw(/a tag/);
        });
    }

    it("is refused with a second document, which Envoy does not read", () => {
        expect(id).to.equal("reader");
        expect(() => yamlOfEnvoy(bootstrap())).to.throw();
    });

    it("is refused with merge keys, a second document, none, or a field named twice", () => {
        for (const text of [
            "a: &a {b: 1}\nc: {<<: *a}",
            "a: 1\n---\na: 2",
            "",
            "{a: 1, a: 2}",
            "{a: *b}",
            "{",
        ]) {
            expect(() => yamlOfEnvoy(text), text).to.throw();
        }
    });
});

type Metadata = Readonly<Record<string, unknown>>;

interface Dump {
    readonly configs: readonly {
        readonly bootstrap?: { readonly node: { id: string; metadata: Metadata } };
    }[];
}

function nodeOf({ configs }: Dump): { id: string; metadata: Metadata } {
    const found = configs.find(({ bootstrap }) => bootstrap !== undefined)?.bootstrap?.node;
    if (found === undefined) {
        throw new Error("Envoy shows no node");
    }
    return found;
}

function bootstrap(): string {
    return [
        `admin: {address: {socket_address: {address: ${admin.host}, port_value: ${admin.port}}}}`,
        "node:",
        "  id: reader",
        "  cluster: readers",
        "  metadata:",
        ...agreed.map((scalar, index) => `    agreed${index}: ${scalar}`),
        ...fractions.map((scalar, index) => `    fraction${index}: ${scalar}`),
        ...otherBases.map(([scalar], index) => `    otherBase${index}: ${scalar}`),
        ...refused.map(([text], index) => `    refused${index}: ${text}`),
        "---",
        "node: {id: second}",
    ].join("\n");
}
