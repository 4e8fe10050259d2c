import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { exceptionsInForce } from "../../policies/exceptions";
import { asPolicy, type Rule } from "../../policies/rule";
import { meshMtls } from "../../policies/rules/meshMtls";
import { analyzeStack } from "./support/rpc";
import { ecsService } from "./support/shop";
import { stackRequest } from "./support/stack";

const review = { reason: "It is replaced next quarter.", owner: "platform team", reviewBy: "2999-12-31" };

/** The rule over two services without sidecars, with a configuration of the test's own. */
async function judged(exceptions: readonly object[]): Promise<readonly (readonly [number, string])[]> {
    const rule: Rule = meshMtls();
    const policy = asPolicy(rule);
    const configured = {
        ...policy,
        validateStack: ((args, report) =>
            policy.validateStack(
                { ...args, getConfig: (() => ({ exceptions })) as typeof args.getConfig },
                report,
            )) satisfies typeof policy.validateStack,
    };
    const program = [...ecsService("old", []), ...ecsService("new", [])];
    const response = await analyzeStack([configured, exceptionsInForce], stackRequest(program));
    return response
        .getDiagnosticsList()
        .map((found) => [
            found.getEnforcementlevel(),
            found.getMessage().split("\n").slice(1, 3).join(" ").trim(),
        ]);
}

const violation = (found: string): readonly [number, string] => [EnforcementLevel.MANDATORY, found];

const lacksSidecar = violation(
    'aws:ecs/service:Service "new":   - containerDefinitions: found the containers (none); required exactly one container named "envoy"',
);

describe("An exception", () => {
    it("lets its resource pass, and every run says so", async () => {
        const found = await judged([{ resource: "old", ...review }]);
        expect(found).to.deep.equal([
            lacksSidecar,
            [
                EnforcementLevel.ADVISORY,
                'mesh-mtls does not hold "old": It is replaced next quarter. (platform team, until 2999-12-31)',
            ],
        ]);
    });

    it("lets nothing pass after its day, and is a violation itself", async () => {
        const found = await judged([{ resource: "old", ...review, reviewBy: "2020-01-01" }]);
        expect(found.map(([level]) => level)).to.deep.equal([
            EnforcementLevel.MANDATORY,
            EnforcementLevel.MANDATORY,
            EnforcementLevel.MANDATORY,
        ]);
        expect(found.at(-1)?.[1]).to.contain(
            'exceptions "old": found a review due on 2020-01-01; required a day that is not past',
        );
    });

    it("lets nothing pass when its day is no day", async () => {
        expect(await judged([{ resource: "old", ...review, reviewBy: "" }])).to.have.length(3);
    });

    it("is a violation when nothing needs it", async () => {
        const found = await judged([{ resource: "gone", ...review }]);
        expect(found.at(-1)?.[1]).to.contain(
            'exceptions "gone": found nothing that needs it; required its removal',
        );
    });
});
