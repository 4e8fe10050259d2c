import { expect } from "chai";
import { readFileSync } from "node:fs";
import { rules } from "../../../policies/rules/all";
import { startHandlers, type Verdict } from "../../../tools/mutants/judge";
import { shopConfiguration } from "../support/configuration";
import { appMeshShop, excepting, forgetExceptions, lackingRules } from "./program";

const moments = ["preview", "up"] as const;

function findingsOf(verdicts: readonly Verdict[]): readonly string[] {
    return verdicts.flatMap(({ resource, message }) =>
        message
            .split("\n")
            .filter((line) => line.startsWith("  - "))
            .map((line) => `${resource}: ${line.slice(4)}`),
    );
}

const lacking = (what: string): string =>
    `mesh-appmesh: spec: found a data plane that has no field for it; required ${what}`;

/** By rule, what App Mesh has no field for. */
const gaps: Readonly<Record<string, readonly string[]>> = {
    "mesh-mtls": ["TLS 1.3 only"],
    "mesh-circuit-breaker": [
        "a circuit breaker that opens by the share of failures",
        "ejections of the same length, which no passing health check ends",
        "no requests to instances that are out",
    ],
    "rate-limit": ["a limit for each user at the ingress"],
    "mesh-authorization": [
        "identity headers of declared callers only",
        "paths and header names that can be read in one way only",
    ],
    "mesh-traffic": [
        "a budget for repeats",
        "health checks where there is no traffic",
        "removal of headers that steer the proxy",
    ],
    "mesh-observability": ["statistics for a collector", "traces"],
};

describe("docs/app-mesh.md", () => {
    it("lists what each rule wants and App Mesh has no field for", () => {
        const [, section = ""] = readFileSync("docs/app-mesh.md", "utf8").split(
            "## What the rules want and App Mesh has no field for\n",
        );
        const rows = [...section.matchAll(/^\| `([\w-]+)` +\| (.*?) +\|$/gm)].map(([, rule, what]) => [
            rule,
            what,
        ]);
        const expected = Object.entries(gaps).flatMap(([rule, whats]) => whats.map((what) => [rule, what]));
        expect(rows).to.have.deep.members(expected);
    });
});

describe("The dev stack on App Mesh", () => {
    after(forgetExceptions);

    for (const moment of moments) {
        it(`is refused at ${moment} for what App Mesh is and for what it has no field for, and for nothing else`, async () => {
            const program = await appMeshShop(moment);
            const handlers = startHandlers(shopConfiguration);
            const found: Record<string, readonly string[]> = {};
            for (const { id } of rules) {
                const verdicts = await handlers(id, program);
                if (verdicts.length > 0) {
                    found[id] = [...findingsOf(verdicts)].sort();
                }
            }
            expect(found).to.deep.equal({
                ...Object.fromEntries(
                    Object.entries(gaps).map(([rule, whats]) => [rule, whats.map(lacking)]),
                ),
                "no-app-mesh": [
                    "mesh-appmesh: type: found aws:appmesh/mesh:Mesh; required a service that exists",
                ],
            });
            expect(Object.keys(found).sort()).to.deep.equal([...lackingRules].sort());
        });

        it(`is accepted at ${moment} with one exception for the mesh in each of these rules`, async () => {
            const program = await appMeshShop(moment);
            const handlers = startHandlers(excepting());
            for (const { id } of rules) {
                expect(findingsOf(await handlers(id, program)), id).to.deep.equal([]);
            }
        });
    }

    it("stays refused with a rule's exception missing", async () => {
        const program = await appMeshShop("preview");
        for (const rule of lackingRules) {
            const handlers = startHandlers(excepting(lackingRules.filter((each) => each !== rule)));
            const verdicts = await handlers(rule, program);
            expect(verdicts.map(({ resource }) => resource)).to.deep.equal(["mesh-appmesh"]);
        }
    });
});
