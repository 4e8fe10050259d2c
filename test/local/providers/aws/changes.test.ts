import { expect } from "chai";
import type { AwsProvider } from "../../../../local/providers/aws/provider";
import type { Difference } from "../../../../local/providers/rpc/provider";
import { UNKNOWN } from "../../../../local/providers/rpc/values";
import type { Props } from "../../../../local/providers/rpc/values";
import { MINIMAL } from "../support/minimal";
import { changeTo, created, forgetScratch, newAws, subjectOf } from "../support/providers";

describe("a change of an AWS resource", () => {
    let provider: AwsProvider;
    beforeEach(async () => {
        provider = await newAws();
    });
    after(forgetScratch);

    async function difference(type: string, before: Props, after: Props): Promise<Difference> {
        const subject = subjectOf(type);
        const minimal = MINIMAL[type]?.inputs;
        const existing = await created(provider, subject, { ...minimal, ...before });
        return provider.diff(subject, await changeTo(provider, subject, existing, { ...minimal, ...after }));
    }

    it("moves a stage to another deployment in place", async () => {
        const moved = await difference(
            "aws:apigateway/stage:Stage",
            { deployment: "one" },
            { deployment: "two" },
        );
        expect(moved).to.deep.equal({ changed: ["deployment"], replacing: [], deleteBeforeReplace: false });
    });

    it("replaces a deployment by its triggers, without deleting the old one first", async () => {
        const redeployed = await difference(
            "aws:apigateway/deployment:Deployment",
            { triggers: { body: "1" } },
            { triggers: { body: "2" } },
        );
        expect(redeployed).to.deep.equal({
            changed: ["triggers"],
            replacing: ["triggers"],
            deleteBeforeReplace: false,
        });
    });

    it("adds load balancers and registries to an ECS service in place", async () => {
        const grown = await difference(
            "aws:ecs/service:Service",
            {},
            {
                loadBalancers: [{ targetGroupArn: "arn:tg", containerName: "envoy", containerPort: 15443 }],
                serviceRegistries: { registryArn: "arn:registry" },
            },
        );
        expect(grown).to.deep.equal({
            changed: ["loadBalancers", "serviceRegistries"],
            replacing: [],
            deleteBeforeReplace: false,
        });
    });

    it("replaces a resource at preview when a replacing input is not known yet", async () => {
        const replaced = await difference("aws:apigatewayv2/vpcLink:VpcLink", {}, { subnetIds: [UNKNOWN] });
        expect(replaced).to.deep.equal({
            changed: ["subnetIds"],
            replacing: ["subnetIds"],
            deleteBeforeReplace: false,
        });
    });

    it("deletes first where the user chose a name that is kept", async () => {
        const replaced = await difference(
            "aws:lb/targetGroup:TargetGroup",
            { name: "orders" },
            { name: "orders", port: 8080 },
        );
        expect(replaced).to.deep.equal({ changed: ["port"], replacing: ["port"], deleteBeforeReplace: true });
    });

    it("replaces a resource that moves to another region", async () => {
        const moved = await difference("aws:sns/topic:Topic", {}, { region: "eu-central-1" });
        expect(moved.replacing).to.deep.equal(["region"]);
    });

    describe("of a Network Load Balancer", () => {
        const nlb = (security: readonly string[], subnets: readonly string[]): Props => ({
            securityGroups: security,
            subnets,
        });
        const type = "aws:lb/loadBalancer:LoadBalancer";

        it("replaces it for the first or the last security group, not for another", async () => {
            expect((await difference(type, nlb([], ["a"]), nlb(["sg"], ["a"]))).replacing).to.deep.equal([
                "securityGroups",
            ]);
            expect((await difference(type, nlb(["sg"], ["a"]), nlb([], ["a"]))).replacing).to.deep.equal([
                "securityGroups",
            ]);
            expect(
                (await difference(type, nlb(["sg"], ["a"]), nlb(["sg", "b"], ["a"]))).replacing,
            ).to.deep.equal([]);
        });

        it("replaces it when a subnet goes, not when one comes", async () => {
            expect(
                (await difference(type, nlb(["sg"], ["a", "b"]), nlb(["sg"], ["a"]))).replacing,
            ).to.deep.equal(["subnets"]);
            expect(
                (await difference(type, nlb(["sg"], ["a"]), nlb(["sg"], ["a", "b"]))).replacing,
            ).to.deep.equal([]);
        });
    });

    it("replaces a security group rule that changes the kind of its source, not its range", async () => {
        const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
        const other = await difference(type, {}, { cidrIpv4: null, referencedSecurityGroupId: "sg-2" });
        expect(other.replacing).to.deep.equal(["cidrIpv4", "referencedSecurityGroupId"]);
        expect((await difference(type, {}, { cidrIpv4: "10.1.0.0/16" })).replacing).to.deep.equal([]);
    });

    it("changes a Cloud Map record's time to live in place, its type by replacement", async () => {
        const type = "aws:servicediscovery/service:Service";
        const dns = (recordType: string, ttl: number): Props => ({
            dnsConfig: { namespaceId: "ns-1", dnsRecords: [{ type: recordType, ttl }] },
        });
        expect((await difference(type, dns("A", 10), dns("A", 5))).replacing).to.deep.equal([]);
        expect((await difference(type, dns("A", 10), dns("SRV", 10))).replacing).to.deep.equal(["dnsConfig"]);
    });

    it("replaces a parameter that leaves the advanced tier", async () => {
        const type = "aws:ssm/parameter:Parameter";
        expect((await difference(type, { tier: "Advanced" }, { tier: "Standard" })).replacing).to.deep.equal([
            "tier",
        ]);
        expect((await difference(type, { tier: "Standard" }, { tier: "Advanced" })).replacing).to.deep.equal(
            [],
        );
    });

    it("refuses to change or remove a user pool's attributes, and lets more be added", async () => {
        const type = "aws:cognito/userPool:UserPool";
        const attribute = (name: string): Props => ({ name, attributeDataType: "String" });
        const subject = subjectOf(type);
        const existing = await created(provider, subject, { schemas: [attribute("tier")] });
        const check = async (names: readonly string[]): Promise<readonly unknown[]> =>
            (await provider.check(subject, existing.inputs, { schemas: names.map(attribute) })).failures;
        expect(await check(["tier", "team"])).to.deep.equal([]);
        expect(await check(["team"])).to.deep.equal([
            { property: "schemas", reason: "cannot modify or remove schema items" },
        ]);
    });
});
