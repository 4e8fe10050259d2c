import { expect } from "chai";
import type { AwsProvider } from "../../../../local/providers/aws/provider";
import { UNKNOWN, secret } from "../../../../local/providers/rpc/values";
import { changeTo, created, forgetScratch, newAws, subjectOf } from "../support/providers";

describe("the life of an AWS resource", () => {
    let provider: AwsProvider;
    beforeEach(async () => {
        provider = await newAws();
    });
    after(forgetScratch);

    it("keeps a made-up name over updates, and makes another for a replacement", async () => {
        const subject = subjectOf("aws:sns/topic:Topic", "alerts");
        const first = await created(provider, subject, {});
        expect(first.outputs.name).to.match(/^alerts-[0-9a-f]{7}$/);
        const change = await changeTo(provider, subject, first, { displayName: "Alerts" });
        expect(change.inputs.name).to.equal(first.outputs.name);
        const replacement = await provider.check(subject, undefined, {});
        expect(replacement.inputs.name).to.match(/^alerts-[0-9a-f]{7}$/);
        expect(replacement.inputs.name).not.to.equal(first.outputs.name);
    });

    it("makes up the same name at preview as at the deployment", async () => {
        const subject = subjectOf("aws:sns/topic:Topic");
        const preview = await provider.check(subject, undefined, {});
        await provider.create(subject, preview.inputs, true);
        expect((await created(provider, subject, {})).outputs.name).to.equal(preview.inputs.name);
    });

    it("cuts a long logical name to what the service takes, and keeps a prefix", async () => {
        const long = "ingress-of-the-service-mesh-of-the-shop";
        const balancer = await provider.check(
            subjectOf("aws:lb/loadBalancer:LoadBalancer", long),
            undefined,
            {},
        );
        expect(balancer.inputs.name).to.match(/^ingress-of-the-service-m-[0-9a-f]{7}$/);
        const alias = await created(provider, subjectOf("aws:kms/alias:Alias", "logs"), { targetKeyId: "k" });
        expect(alias.id).to.match(/^alias\/logs-[0-9a-f]{7}$/);
    });

    it("gives a replacement another id", async () => {
        const subject = subjectOf("aws:apigateway/restApi:RestApi");
        const ids = [await created(provider, subject, {}), await created(provider, subject, {})].map(
            ({ id }) => id,
        );
        expect(new Set(ids).size).to.equal(2);
    });

    it("counts a task definition family's revisions on, for each family on its own", async () => {
        const type = "aws:ecs/taskDefinition:TaskDefinition";
        const revision = async (name: string, family: string): Promise<unknown> => {
            const containerDefinitions = '[{"name":"app","image":"app:1"}]';
            const { outputs } = await created(provider, subjectOf(type, name), {
                family,
                containerDefinitions,
            });
            return [outputs.revision, outputs.arn];
        };
        const arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition";
        expect(await revision("orders", "orders")).to.deep.equal([1, `${arn}/orders:1`]);
        expect(await revision("orders", "orders")).to.deep.equal([2, `${arn}/orders:2`]);
        expect(await revision("users", "users")).to.deep.equal([1, `${arn}/users:1`]);
    });

    it("raises a parameter's version with its value, unknown until it is done", async () => {
        const subject = subjectOf("aws:ssm/parameter:Parameter");
        const parameter = { name: "/shop/key", type: "SecureString", value: "one" };
        const first = await created(provider, subject, parameter);
        expect(first.outputs.version).to.equal(1);
        const described = await changeTo(provider, subject, first, { ...parameter, description: "Key" });
        expect((await provider.update(subject, described, true)).version).to.equal(1);
        const changed = await changeTo(provider, subject, first, { ...parameter, value: "two" });
        expect((await provider.update(subject, changed, true)).version).to.equal(UNKNOWN);
        expect((await provider.update(subject, changed, false)).version).to.equal(2);
    });

    it("keeps what does not depend on an unknown input known at the preview of an update", async () => {
        const subject = subjectOf("aws:apigateway/stage:Stage");
        const stage = { restApi: "abc", stageName: "v1", deployment: "one" };
        const first = await created(provider, subject, stage);
        const change = await changeTo(provider, subject, first, { ...stage, deployment: UNKNOWN });
        const preview = await provider.update(subject, change, true);
        expect(preview.deployment).to.equal(UNKNOWN);
        expect(preview.invokeUrl).to.equal("https://abc.execute-api.eu-west-1.amazonaws.com/v1");
    });

    it("makes an output unknown whose input is, at the preview of an update", async () => {
        const subject = subjectOf("aws:cognito/resourceServer:ResourceServer");
        const server = { identifier: "orders", userPoolId: "pool", scopes: [] };
        const first = await created(provider, subject, server);
        const change = await changeTo(provider, subject, first, { ...server, scopes: UNKNOWN });
        expect((await provider.update(subject, change, true)).scopeIdentifiers).to.equal(UNKNOWN);
    });

    it("marks an API key's value and a client's secret as secret", async () => {
        const { outputs } = await created(provider, subjectOf("aws:apigateway/apiKey:ApiKey"), {});
        expect(outputs.value).to.deep.equal(secret((outputs.value as { value: string }).value));
        expect((outputs.value as { value: string }).value).to.match(/^[A-Za-z0-9]{40}$/);
        const client = subjectOf("aws:cognito/userPoolClient:UserPoolClient");
        const made = await created(provider, client, { userPoolId: "pool", generateSecret: true });
        expect((made.outputs.clientSecret as { value: string }).value).to.match(/^[a-z0-9]{51}$/);
    });

    it("adds the provider's default tags, and those of the resource over them", async () => {
        const defaultTags = JSON.stringify({ tags: { team: "platform", stage: "dev" } });
        const tagged = await newAws({ region: "eu-west-1", defaultTags });
        const subject = subjectOf("aws:sns/topic:Topic");
        const checked = await tagged.check(subject, undefined, { tags: { stage: "prod" } });
        const preview = await tagged.create(subject, checked.inputs, true);
        expect(preview.outputs.tagsAll).to.deep.equal({ team: "platform", stage: "prod" });
        expect(preview.outputs.tags).to.deep.equal({ stage: "prod" });
        expect(preview.outputs.region).to.equal("eu-west-1");
    });

    it("turns a policy given as an object into text, unless part of it is unknown", async () => {
        const subject = subjectOf("aws:iam/rolePolicy:RolePolicy");
        const policy = (resource: string) => ({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "ssm:GetParameters", Resource: resource }],
        });
        const known = await provider.check(subject, undefined, {
            role: "task",
            policy: policy("arn:aws:ssm:::x"),
        });
        expect(known.failures).to.deep.equal([]);
        expect(known.inputs.policy).to.equal(JSON.stringify(policy("arn:aws:ssm:::x")));
        const unknown = await provider.check(subject, undefined, { role: "task", policy: policy(UNKNOWN) });
        expect(unknown.inputs.policy).to.equal(UNKNOWN);
    });

    it("cannot read what it did not create", () => {
        const read = () =>
            provider.read(subjectOf("aws:route53/zone:Zone"), { id: "Z123", state: {}, inputs: {} });
        expect(read).to.throw(
            'aws:route53/zone:Zone "Z123" cannot be read: the local aws provider holds no resources but those that it created itself.',
        );
    });
});
