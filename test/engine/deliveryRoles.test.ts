import { expect } from "chai";
import { boundaryStatements } from "../../components/delivery/boundary";
import { coveredTypes } from "../../components/delivery/documents";
import type { Scope } from "../../components/delivery/scope";
import { deployedShop } from "../support/engine/deployedShop";
import { LocalEngine, SHOP, type StateResource } from "../support/engine/LocalEngine";
import { join } from "node:path";

const scope: Scope = {
    accountId: "123456789012",
    region: "eu-central-1",
    prefix: "traffic-dev",
    domain: "api.dev.shop.example",
};

interface Statement {
    readonly Action: readonly string[];
    readonly Resource: string | readonly string[];
}

const outputsOf = (resource: StateResource): Readonly<Record<string, unknown>> => resource.outputs ?? {};

/** Whether a policy's pattern, with its stars, has the resource in it. */
function includes(pattern: string, resource: string): boolean {
    const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`).test(resource);
}

describe("The delivery stack, on the real engine", () => {
    let resources: readonly StateResource[];
    before(async () => {
        const shop = await deployedShop();
        resources = await shop.exportState();
        shop.remove();
    });

    it("deploys under the policy pack, and its policies were all known before", async () => {
        const engine = await LocalEngine.create(join(SHOP, "stacks/delivery"), "dev");
        try {
            const args = ["--policy-pack", "../../policies", "--policy-pack-config", "policy-config.json"];
            const preview = await engine.preview({ args });
            expect(preview.code, preview.output).to.equal(0);
            expect(preview.output).to.not.contain("can't run during preview");
            const up = await engine.up({ args });
            expect(up.code, up.output).to.equal(0);
            expect(await engine.outputs()).to.deep.equal({
                boundaryArn: "arn:aws:iam::123456789012:policy/traffic-dev-boundary",
                deployRoleArn: "arn:aws:iam::123456789012:role/delivery-traffic-dev-deploy",
                readRoleArn: "arn:aws:iam::123456789012:role/delivery-traffic-dev-read",
            });
        } finally {
            engine.remove();
        }
    });

    it("covers every type of resource that the dev stack has deployed", () => {
        const types = new Set(resources.map(({ type }) => type).filter((type) => type.startsWith("aws:")));
        const covered = coveredTypes(scope);
        expect([...types].filter((type) => !covered.has(type))).to.deep.equal([]);
        expect(types.size).to.be.greaterThan(40);
    });

    it("knows the stack's roles by their names, and what has none by its tag", () => {
        const roles = resources.filter(({ type }) => type === "aws:iam/role:Role");
        expect(roles.filter(({ id = "" }) => !id.startsWith("traffic-dev-"))).to.deep.equal([]);
        const tagged = resources.filter(
            ({ type, outputs }) =>
                /^aws:(ec2|kms)\//.test(type) && outputs !== undefined && "tagsAll" in outputs,
        );
        for (const resource of tagged) {
            expect(outputsOf(resource).tagsAll, resource.urn).to.deep.include({ stack: "traffic-dev" });
        }
        expect(tagged.length).to.be.greaterThan(10);
    });

    it("bounds the stack's roles by no less than they need", () => {
        const policies = resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
        expect(policies.length).to.be.greaterThan(0);
        const bounds = boundaryStatements(scope);
        for (const policy of policies) {
            const { Statement: given } = JSON.parse(String(outputsOf(policy).policy)) as {
                Statement: Statement[];
            };
            for (const { Action, Resource } of given) {
                for (const action of Action) {
                    const within = bounds
                        .filter((bound) => bound.Action.includes(action))
                        .flatMap((bound) => bound.Resource);
                    for (const resource of [Resource].flat()) {
                        // Writing to a group's streams is asked for as `group:*`.
                        const asked = resource.replace(/:\*$/, ":log-stream:any");
                        expect(
                            within.some((pattern) => includes(pattern, asked)),
                            `${policy.urn} ${action} ${resource}`,
                        ).to.equal(true);
                    }
                }
            }
        }
    });
});
