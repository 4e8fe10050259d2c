import { expect } from "chai";
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
                "mesh-mtls": [lacking("TLS 1.3 only")],
                "mesh-circuit-breaker": [
                    lacking("a circuit breaker that opens by the share of failures"),
                    lacking("ejections of the same length, which no passing health check ends"),
                    lacking("no requests to instances that are out"),
                ],
                "rate-limit": [lacking("a limit for each user at the ingress")],
                "mesh-authorization": [
                    lacking("identity headers of declared callers only"),
                    lacking("paths and header names that can be read in one way only"),
                ],
                "mesh-traffic": [
                    lacking("a budget for repeats"),
                    lacking("health checks where there is no traffic"),
                    lacking("removal of headers that steer the proxy"),
                ],
                "mesh-observability": [lacking("statistics for a collector"), lacking("traces")],
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
