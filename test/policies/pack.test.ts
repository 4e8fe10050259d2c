import {
    EnforcementLevel,
    type AnalyzeDiagnostic,
    type AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { edited } from "./support/edit";
import { callee } from "./support/paths";
import { PackProcess } from "./support/packProcess";
import { bootstraps, orderService, shop, usagePlan } from "./support/shop";
import { stackRequest } from "./support/stack";

/** The list is a contract with users, whose configurations name its entries. */
const ruleIds = [
    "mesh-mtls",
    "mesh-circuit-breaker",
    "rate-limit",
    "gateway-authentication",
    "gateway-identity",
    "gateway-request-validation",
    "gateway-cors",
    "gateway-private-integration",
    "gateway-endpoint",
    "gateway-versions",
    "gateway-deployment",
    "gateway-observability",
    "gateway-client-certificate",
    "gateway-web-acl",
    "mesh-authorization",
    "mesh-traffic",
    "mesh-discovery",
    "mesh-observability",
    "mesh-stopping",
    "mesh-membership",
    "mesh-certificates",
    "no-app-mesh",
    "base-readable",
    "base-security-groups",
    "base-iam",
    "base-encryption",
    "base-containers",
];
/** The rules that `shop.ts` is a whole program for; the mutation run judges real programs by all. */
const first = ["mesh-mtls", "mesh-circuit-breaker", "rate-limit"];

function urlOf(id: string): string {
    return `docs/policies.md#${id === "exceptions-in-force" ? "exceptions" : id}`;
}

async function judgedByFirstRules(
    pack: PackProcess,
    request: AnalyzeStackRequest,
): Promise<readonly AnalyzeDiagnostic[]> {
    const found = await pack.judge(request);
    return found.filter((diagnostic) => first.includes(diagnostic.getPolicyname()));
}

describe("The policy pack, as the engine runs it", function () {
    this.timeout(60_000);
    let pack: PackProcess;

    before(async () => {
        pack = await PackProcess.start();
    });
    afterEach(() => pack.configure({}));
    after(() => pack.stop());

    it("consists of these rules, every one mandatory", async () => {
        const info = await pack.describe();
        expect(info.getName()).to.equal("adr-003");
        expect(info.getPoliciesList().map((policy) => [policy.getName(), policy.getUrl()])).to.deep.equal(
            [...ruleIds, "exceptions-in-force"].map((id) => [id, urlOf(id)]),
        );
        const levels = info.getPoliciesList().map((policy) => policy.getEnforcementlevel());
        expect(levels).to.deep.equal([
            ...ruleIds.map(() => EnforcementLevel.MANDATORY),
            EnforcementLevel.ADVISORY,
        ]);
    });

    it("finds nothing in a compliant program", async () => {
        expect(await judgedByFirstRules(pack, stackRequest(shop()))).to.deep.equal([]);
    });

    it("holds a program to a stricter number than the ADR's when configured", async () => {
        await pack.configure({ "mesh-circuit-breaker": { consecutiveFailures: 3 } });
        const five = stackRequest(orderService(bootstraps.order()));
        const [found, ...others] = await judgedByFirstRules(pack, five);
        expect(others).to.deep.equal([]);
        expect(found?.getEnforcementlevel()).to.equal(EnforcementLevel.MANDATORY);
        expect(found?.getMessage()).to.contain(
            "outlier_detection.consecutive_5xx: found 5; required 1 to 3\n",
        );
        const path = [...callee, "outlier_detection", "consecutive_5xx"];
        expect(
            await judgedByFirstRules(pack, stackRequest(orderService(edited(bootstraps.order(), path, 3)))),
        ).to.deep.equal([]);
    });

    it("lets a plan that is named as shared have a higher limit, but not none", async () => {
        const sharedPlans = [{ plan: "plans-web", reason: "One key for all users of the web shop." }];
        await pack.configure({ "rate-limit": { sharedPlans } });
        const withPlan = (throttle: object): ReturnType<typeof stackRequest> =>
            stackRequest([...shop(), usagePlan("plans-web", throttle)]);
        expect(await judgedByFirstRules(pack, withPlan({ rateLimit: 5000, burstLimit: 5000 }))).to.deep.equal(
            [],
        );
        const [found] = await judgedByFirstRules(pack, withPlan({ rateLimit: 5000 }));
        expect(found?.getMessage()).to.contain(
            'usage plan "plans-web" throttleSettings.burstLimit: found nothing; required a limit at once',
        );
    });
});
