import { expect } from "chai";
import { rules } from "../../policies/rules/all";
import { waitingIn } from "../../policies/waiting";
import { startHandlers } from "../../tools/mutants/judge";
import { added, replaced, set, type Props } from "../../tools/mutants/operator";
import { resource, setTo, type Program } from "./rules/cases/case";
import { shopConfiguration } from "./support/configuration";
import { allowing, shopIn, states, type State } from "./support/phases";
import { realShop } from "./support/realShop";

const names = Object.keys(states) as readonly State[];
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** Each violation as the rule and its findings. */
async function violations(
    program: Program,
    configuration = shopConfiguration,
    judged: readonly string[] = rules.map(({ id }) => id),
): Promise<readonly string[]> {
    const judge = startHandlers(configuration);
    const found: string[] = [];
    for (const rule of judged) {
        for (const { message } of await judge(rule, program)) {
            const lines = message.split("\n").filter((line) => line.startsWith("  - "));
            found.push(...lines.map((line) => `${rule}: ${line.slice(4)}`));
        }
    }
    return [...new Set(found)];
}

function withOpening(program: Program, from: string): Program {
    const [rule, caller] = [
        resource(program, ingressRule, "plain-entrance-applications-in"),
        resource(program, "aws:ec2/securityGroup:SecurityGroup", from),
    ];
    return replaced(program, rule, ({ from: sources }) => {
        sources.referencedSecurityGroupId = [caller.urn];
    });
}

describe("The policy pack, in the earlier phases of the migration", () => {
    for (const name of names) {
        for (const moment of ["preview", "up"] as const) {
            it(`accepts the shop in ${name} at ${moment} where that is agreed`, async () => {
                const found = await violations(await shopIn(name, moment), allowing(states[name].allowed));
                expect(found).to.deep.equal([]);
            });
        }

        it(`refuses the shop in ${name} where nobody agreed, and says so once`, async () => {
            const found = await violations(await shopIn(name));
            expect(found.filter((each) => each.startsWith("migration-phase: "))).to.have.length(1);
            expect(found.every((each) => each.startsWith("migration-phase: "))).to.equal(true);
        });

        it(`wants the entry for ${name} gone as soon as the stack has moved on`, async () => {
            const found = await violations(await realShop("preview"), allowing(states[name].allowed), [
                "migration-phase",
            ]);
            expect(found).to.deep.equal([
                `migration-phase: allowed "test, phase ${states[name].allowed}": found nothing that needs it; required its removal`,
            ]);
        });
    }

    it("takes plain calls for phase 1, whatever runs beside them", async () => {
        const found = await violations(await shopIn("phase 2 with plain calls"), allowing(2));
        expect(found).to.deep.equal([
            'migration-phase: phase: found 2, with calls between services in plain text; required 3, or an entry of allowed for stack "test" and phase 1',
            'migration-phase: allowed "test, phase 2": found nothing that needs it; required its removal',
        ]);
    });

    it("takes no entry of another stack, and none that is overdue", async () => {
        const program = await shopIn("phase 2");
        const refusal =
            'migration-phase: phase: found 2; required 3, or an entry of allowed for stack "test" and phase 2';
        expect(await violations(program, allowing(2, { stack: "prod" }))).to.deep.equal([refusal]);
        expect(await violations(program, allowing(2, { reviewBy: "2020-01-31" }))).to.deep.equal([
            refusal,
            'migration-phase: allowed "test, phase 2": found a review due on 2020-01-31; required a day that is not past',
        ]);
    });

    it("judges a stack whose phase contradicts itself as if the migration were over", async () => {
        const change = setTo("shop:mesh:ServiceMesh", undefined, "calls", "mesh");
        const found = await violations(change(await shopIn("phase 1")), allowing(1));
        const broken = new Set(found.map((each) => each.split(":")[0]));
        expect([...broken]).to.include.members([
            "mesh-mtls",
            "mesh-circuit-breaker",
            "rate-limit",
            "gateway-private-integration",
            "mesh-membership",
            "migration-phase",
        ]);
    });

    it("judges a stack with a second mesh as if the migration were over", async () => {
        const program = await shopIn("phase 1");
        const twice = added(program, "shop:mesh:ServiceMesh", "other", { phase: 1, calls: "plain text" });
        expect(await violations(twice, allowing(1), ["mesh-mtls"])).not.to.deep.equal([]);
    });

    it("keeps the proxy of every service in phase 2, without an ingress's privileges", async () => {
        const program = await shopIn("phase 2");
        const task = resource(program, "aws:ecs/taskDefinition:TaskDefinition", "order-service");
        const changed = replaced(program, task, ({ props }) => {
            const containers = JSON.parse(String(props.containerDefinitions)) as Props[];
            const proxy = containers.find(({ name }) => name === "envoy");
            const [bootstrap] = proxy?.environment as { value: string }[];
            bootstrap!.value = bootstrap!.value.replace("TLSv1_3", "TLSv1_2");
            props.containerDefinitions = JSON.stringify(containers);
        });
        expect(await violations(changed, allowing(2), ["mesh-mtls"])).not.to.deep.equal([]);
        const without = replaced(program, task, ({ props }) => {
            const containers = JSON.parse(String(props.containerDefinitions)) as Props[];
            set(
                props,
                "containerDefinitions",
                JSON.stringify(containers.filter(({ name }) => name !== "envoy")),
            );
        });
        expect(await violations(without, allowing(2), ["mesh-mtls"])).to.deep.equal([
            'mesh-mtls: containerDefinitions: found the containers "application", "collector"; required exactly one container named "envoy"',
        ]);
    });

    for (const name of names) {
        it(`opens applications to nobody from outside the program's path in ${name}`, async () => {
            const program = withOpening(await shopIn(name), "edge-vpc-link-group");
            const found = await violations(program, allowing(states[name].allowed), ["mesh-membership"]);
            expect(found).to.have.length(1);
            expect(found[0]).to.match(
                /"plain-entrance-applications-in": found "tcp" 8080 to 8080; required tcp /,
            );
        });
    }

    it("lets services call each other's applications only as long as calls are plain", async () => {
        const closed = withOpening(await shopIn("phase 2"), "mesh-members");
        expect(await violations(closed, allowing(2), ["mesh-membership"])).to.have.length(1);
        const open = withOpening(await shopIn("phase 2 with plain calls"), "mesh-members");
        expect(await violations(open, allowing(1), ["mesh-membership"])).to.deep.equal([]);
    });

    it("takes plain integrations through the program's own load balancer only", async () => {
        const foreign = setTo("shop:gateway:ExternalApi", "orders", "backend", {});
        const program = foreign(await shopIn("phase 1"));
        const restApi = resource(program, "aws:apigateway/restApi:RestApi", "orders-v2");
        const elsewhere = replaced(program, restApi, ({ from }) => {
            from.body = [];
        });
        const found = await violations(elsewhere, allowing(1), ["gateway-private-integration"]);
        expect(found).not.to.deep.equal([]);
        expect(found.every((each) => each.includes("a load balancer of this program"))).to.equal(true);
    });

    it("says of each phase which rules wait, and for which", () => {
        const named = (phase: 1 | 2): readonly string[] =>
            waitingIn(phase).map(({ id, until }) => `${id} until ${until}`);
        expect(named(1)).to.deep.equal([
            "mesh-mtls until 3",
            "mesh-readable until 2",
            "mesh-circuit-breaker until 2",
            "rate-limit until 3",
            "gateway-private-integration until 3",
            "mesh-authorization until 2",
            "mesh-traffic until 2",
            "mesh-observability until 2",
            "mesh-stopping until 2",
            "mesh-membership until 3",
            "mesh-certificates until 2",
            "observability-alarms until 3",
            "observability-dashboards until 2",
        ]);
        expect(named(2)).to.deep.equal([
            "mesh-mtls until 3",
            "rate-limit until 3",
            "gateway-private-integration until 3",
            "mesh-membership until 3",
            "observability-alarms until 3",
        ]);
    });
});
