import { expect } from "chai";
import { parse } from "yaml";
import { sidecarSpec } from "../../../../components/mesh/envoy/fromMesh";
import type { JsonObject } from "../../../../components/mesh/json";
import { sidecarBootstrap } from "../../../../components/mesh/envoy/sidecar";
import { bootstrapText } from "../../../../components/mesh/envoy/text";
import { resolveMesh } from "../../../../components/model/resolveMesh";

function sidecarWith(callees: number): JsonObject {
    const names = Array.from({ length: callees }, (_, index) => `callee-${index}-service`);
    const services = Object.fromEntries(names.map((name, index) => [name, { localPort: 9100 + index }]));
    const { mesh } = resolveMesh({
        trustDomain: "shop.internal",
        services: { caller: { localPort: 9000, calls: names }, ...services },
    });
    return sidecarBootstrap(sidecarSpec(mesh, "caller", 8080, { memory: 160 }));
}

const reading = { maxAliasCount: 10_000 };
const readings = [
    { ...reading, version: "1.1" },
    { ...reading, version: "1.2" },
] as const;

/** What a text costs in a task definition, where it is a string inside JSON. */
const escapedBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

describe("The text of a bootstrap", () => {
    it("says exactly what the bootstrap says, to readers of YAML 1.1 and 1.2", () => {
        const bootstrap = sidecarWith(6);
        for (const options of readings) {
            expect(parse(bootstrapText(bootstrap), options)).to.deep.equal(bootstrap);
        }
    });

    it("keeps text that YAML could take for something else", () => {
        const texts = [
            "yes",
            "n",
            "on",
            "null",
            "~",
            "0755",
            "0x1f",
            "1_000",
            "1e3",
            "12:30",
            ".inf",
            "2001-01-01",
        ];
        const marks = [
            "",
            " ",
            "#a",
            "a #b",
            "a: b",
            "- a",
            "*a",
            "&a",
            "!a",
            "%A%",
            "@a",
            "{a",
            "[a,b]",
            "'",
            '"',
            "\\1",
        ];
        const lines = [
            "a\nb",
            "\ta",
            "a ",
            ":method",
            "spiffe://a/",
            "GET|HEAD",
            "|",
            ">",
            "?a",
            "$a",
            "a,b",
        ];
        const values = {
            static_resources: { all: [...texts, ...marks, ...lines], "@type": 0.25, many: 1e21, off: false },
        };
        for (const options of readings) {
            expect(parse(bootstrapText(values), options)).to.deep.equal(values);
        }
    });

    it("has a line for each listener and each cluster", () => {
        const lines = bootstrapText(sidecarWith(2)).split("\n");
        const named = lines.flatMap((line) => /^ {2}- \{name: (?:&\w+ )?([\w-]+),/.exec(line)?.[1] ?? []);
        expect(named).to.deep.equal([
            "inbound",
            "egress-callee-0-service",
            "egress-callee-1-service",
            "application",
            "callee-0-service",
            "callee-1-service",
        ]);
    });

    it("does not change for one callee when another is added behind it", () => {
        const lines = new Set(bootstrapText(sidecarWith(4)).split("\n"));
        const kept = bootstrapText(sidecarWith(3))
            .split("\n")
            .filter((line) => line.includes("callee-1-service"));
        expect(kept).to.have.length(2);
        expect(kept.filter((line) => !lines.has(line))).to.deep.equal([]);
    });

    it("costs at most 2.3 KB for each further callee in a task definition", () => {
        const [few, many] = [2, 10].map((callees) => escapedBytes(bootstrapText(sidecarWith(callees))));
        expect((many! - few!) / 8).to.be.within(1500, 2300);
    });
});
