import { expect } from "chai";
import { rateLimit } from "../../../policies/rules/rateLimit";
import { publicApi, shop, usagePlan } from "../support/shop";
import { unknownText } from "../support/stack";
import { findings } from "../support/table";
import { verdicts } from "../support/verdicts";

const rule = rateLimit();

describe("rate-limit", () => {
    it("accepts what the components make, at the first preview", async () => {
        expect(await verdicts(shop(), [rule])).to.deep.equal([]);
    });

    it("tells resource, found, required, fix, clause and documentation", async () => {
        const resources = shop().filter(({ type }) => type !== "aws:apigateway/usagePlan:UsagePlan");
        const [verdict, ...others] = await verdicts(resources, [rule]);
        expect(others).to.deep.equal([]);
        expect(verdict?.message).to.equal(
            [
                "Every public API is held to the user's limit by its Web ACL, its usage plans and the mesh ingress.",
                'aws:apigateway/stage:Stage "orders-v1":',
                "  - usage plans: found none; required a usage plan whose apiStages holds the stage",
                "  Fix: publish the API with ExternalApi on an ApiEdge, give it plans with ApiPlans, and let it enter through MeshIngress with their limits as generated.",
                '  Why: ADR-003, "Rate Limiting (1000 requests/minute per user)". More: docs/policies.md#rate-limit',
            ].join("\n"),
        );
    });

    it("refuses public APIs without an ingress that counts users", async () => {
        const found = await verdicts(publicApi(), [rule]);
        expect(found.map(({ resource, mandatory }) => [resource, mandatory])).to.deep.equal([["", true]]);
        expect(found[0]?.findings).to.deep.equal([
            "mesh ingress: found public API stages, but no ECS service behind a load balancer; required an ingress that counts the requests of each user",
        ]);
    });

    it("refuses a stage with nothing at all, naming each layer that is missing", async () => {
        const stage = { type: "aws:apigateway/stage:Stage", name: "bare", props: { arn: unknownText } };
        expect(await findings(rule, [stage])).to.deep.equal([
            "Web ACL: found no association; required exactly one WebAclAssociation whose resourceArn is the stage's arn",
            "usage plans: found none; required a usage plan whose apiStages holds the stage",
            "mesh ingress: found public API stages, but no ECS service behind a load balancer; required an ingress that counts the requests of each user",
        ]);
    });

    it("has nothing to say about plans and ACLs without a stage", async () => {
        const others = publicApi().filter(({ type }) => /webAcl:|restApi:/.test(type));
        expect(await verdicts(others, [rule])).to.deep.equal([]);
    });

    it("judges each stage by itself", async () => {
        const second = { type: "aws:apigateway/stage:Stage", name: "orders-v2", props: { arn: unknownText } };
        const found = await verdicts([...shop(), second], [rule]);
        expect(found.map(({ resource }) => resource)).to.deep.equal(["orders-v2"]);
    });

    it("refuses a second, looser plan beside a strict one", async () => {
        expect(
            await findings(rule, [...shop(), usagePlan("bulk", { rateLimit: 500, burstLimit: 100 })]),
        ).to.deep.equal([
            'usage plan "bulk" throttleSettings.rateLimit: found 500; required at most 16.667 a second (or a shared plan, named in sharedPlans with a reason)',
        ]);
    });
});
