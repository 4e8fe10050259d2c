import { EnforcementLevel, PolicySeverity, type PolicyInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { remediations } from "../../policies/remediation";
import { rules } from "../../policies/rules/all";
import { requestOf } from "../../tools/mutants/judge";
import { edited } from "./support/edit";
import { shopConfiguration } from "./support/configuration";
import { PackProcess } from "./support/packProcess";
import { realShop } from "./support/realShop";
import { setTo } from "./rules/cases/case";

/** The list is a contract with users, whose configurations name its entries. */
const severities = {
    "mesh-mtls": "critical",
    "mesh-readable": "critical",
    "mesh-circuit-breaker": "high",
    "rate-limit": "high",
    "gateway-authentication": "critical",
    "gateway-sign-in": "high",
    "gateway-identity": "critical",
    "gateway-request-validation": "medium",
    "gateway-cors": "medium",
    "gateway-private-integration": "critical",
    "gateway-endpoint": "high",
    "gateway-versions": "medium",
    "gateway-deployment": "high",
    "gateway-observability": "medium",
    "gateway-client-certificate": "high",
    "gateway-web-acl": "high",
    "mesh-authorization": "critical",
    "mesh-traffic": "high",
    "mesh-discovery": "medium",
    "mesh-observability": "medium",
    "mesh-stopping": "medium",
    "mesh-membership": "critical",
    "mesh-certificates": "high",
    "observability-alarms": "medium",
    "observability-dashboards": "medium",
    "migration-phase": "critical",
    "no-app-mesh": "high",
    "base-readable": "high",
    "base-stack-references": "critical",
    "base-security-groups": "critical",
    "base-iam": "high",
    "base-encryption": "medium",
    "base-containers": "high",
} as const;
const fixes = [
    "fix-log-retention",
    "fix-key-rotation",
    "fix-tracing",
    "fix-body-logging",
    "fix-default-endpoint",
    "fix-invalid-headers",
];
const ruleIds = Object.keys(severities);

const severityOf = {
    critical: PolicySeverity.POLICY_SEVERITY_CRITICAL,
    high: PolicySeverity.POLICY_SEVERITY_HIGH,
    medium: PolicySeverity.POLICY_SEVERITY_MEDIUM,
} as const;

/** The configuration file as the engine hands it over. */
const settings = Object.fromEntries(
    Object.entries(shopConfiguration).map(([rule, configured]) => [
        rule,
        typeof configured === "object" ? edited(configured, ["enforcementLevel"], undefined) : {},
    ]),
) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;

describe("The policy pack, as the engine runs it", () => {
    let pack: PackProcess;
    let policies: readonly PolicyInfo[];

    before(async () => {
        pack = await PackProcess.start();
        const info = await pack.describe();
        expect(info.getName()).to.equal("adr-003");
        policies = info.getPoliciesList();
    });
    afterEach(() => pack.configure({}));
    after(() => pack.stop());

    it("consists of these policies, every one but the last two mandatory", () => {
        expect(policies.map((policy) => policy.getName())).to.deep.equal([
            ...ruleIds,
            ...fixes,
            "waiting-rules",
            "exceptions-in-force",
        ]);
        expect(policies.map((policy) => policy.getEnforcementlevel())).to.deep.equal([
            ...[...ruleIds, ...fixes].map(() => EnforcementLevel.MANDATORY),
            EnforcementLevel.ADVISORY,
            EnforcementLevel.ADVISORY,
        ]);
        expect(rules.map(({ id }) => id)).to.deep.equal(ruleIds);
        expect(remediations.map(({ id }) => id)).to.deep.equal(fixes);
    });

    it("tells of every rule its severity, its fix, its documentation and the decision's own words", () => {
        for (const policy of policies.slice(0, ruleIds.length)) {
            const id = policy.getName() as keyof typeof severities;
            expect(policy.getSeverity(), id).to.equal(severityOf[severities[id]]);
            expect(policy.getRemediationSteps(), id).to.match(/\.$/);
            expect(policy.getUrl()).to.equal(`docs/policies.md#${id}`);
            expect(policy.getFramework()?.getName(), id).to.equal("ADR-003");
            expect(policy.getFramework()?.getReference(), id).not.to.equal("");
            expect(
                Object.keys(policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {}),
                id,
            ).to.include("exceptions");
        }
    });

    for (const moment of ["preview", "up"] as const) {
        it(`finds nothing in the dev stack at ${moment}`, async () => {
            await pack.configure(settings);
            const found = await pack.judge(requestOf(await realShop(moment)));
            expect(found.map((diagnostic) => diagnostic.getMessage())).to.deep.equal([]);
        });
    }

    it("holds a program to a stricter number than the ADR's when configured", async () => {
        await pack.configure({ ...settings, "mesh-circuit-breaker": { consecutiveFailures: 3 } });
        const found = await pack.judge(requestOf(await realShop("preview")));
        expect(found).not.to.deep.equal([]);
        for (const diagnostic of found) {
            expect(diagnostic.getPolicyname()).to.equal("mesh-circuit-breaker");
            expect(diagnostic.getEnforcementlevel()).to.equal(EnforcementLevel.MANDATORY);
            expect(diagnostic.getMessage()).to.contain("consecutive_5xx: found 5; required 1 to 3\n");
        }
    });

    it("lets a plan that is named as shared have a higher limit, but not none", async () => {
        await pack.configure(settings);
        const type = "aws:apigateway/usagePlan:UsagePlan";
        const withoutBurst = setTo(type, "plans-web", "throttleSettings", { rateLimit: 5000 });
        const found = await pack.judge(requestOf(withoutBurst(await realShop("preview"))));
        expect(found[0]?.getMessage()).to.contain(
            'usage plan "plans-web" throttleSettings.burstLimit: found nothing; required a limit at once',
        );
    });
});
