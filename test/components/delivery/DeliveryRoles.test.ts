import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DeliveryRoles } from "../../../components/delivery/DeliveryRoles";
import { checkDelivery, type DeliveryRolesArgs } from "../../../components/delivery/deliveryArgs";
import { checkConfiguration, type PackConfiguration } from "../../../policies/checkConfiguration";
import { rules } from "../../../policies/rules/all";
import { identities, named, record, type RecordedResource } from "../../support/mocks";
import { delivery, scope } from "./support";

interface Statement {
    readonly Action: readonly string[];
    readonly Resource: readonly string[] | "*";
    readonly Condition?: unknown;
}

function deploy(args: DeliveryRolesArgs = delivery): Promise<readonly RecordedResource[]> {
    return record(() => new DeliveryRoles("delivery", args));
}

function statements(resource: RecordedResource, property = "policy"): readonly Statement[] {
    return (JSON.parse(String(resource.inputs[property])) as { Statement: Statement[] }).Statement;
}

/** The statements of the deploy role that allow an action. */
async function allowing(action: string): Promise<readonly Statement[]> {
    const resources = await deploy();
    return resources
        .filter(({ type, name }) => type === "aws:iam/policy:Policy" && name.startsWith("delivery-deploy-"))
        .flatMap((policy) => statements(policy))
        .filter(({ Action }) => Action.includes(action));
}

const claim = "token.actions.githubusercontent.com";
const trusted = (environment: string, more: Record<string, string> = {}): unknown => ({
    Effect: "Allow",
    Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${claim}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
        StringEquals: {
            [`${claim}:aud`]: "sts.amazonaws.com",
            [`${claim}:sub`]: `repo:shop/platform:environment:${environment}`,
            [`${claim}:repository_id`]: "4711",
            [`${claim}:environment`]: environment,
            ...more,
        },
    },
});
const onMain = (workflow: string): Record<string, string> => ({
    [`${claim}:ref`]: "refs/heads/main",
    [`${claim}:job_workflow_ref`]: `shop/platform/.github/workflows/${workflow}@refs/heads/main`,
});

describe("DeliveryRoles", () => {
    it("is a provider, a boundary, and two roles with a policy for each part of the stack", async () => {
        const parts = ["gateway", "mesh", "network", "observability", "platform", "state", "unscoped"];
        const below = " < delivery";
        const expected = ["deploy", "read"].flatMap((access) => [
            `aws:iam/role:Role delivery-${access}${below}`,
            ...parts.flatMap((part) => [
                `aws:iam/policy:Policy delivery-${access}-${part}${below}`,
                `aws:iam/rolePolicyAttachment:RolePolicyAttachment delivery-${access}-${part}-attachment${below}`,
            ]),
        ]);
        expect(identities(await deploy())).to.have.members([
            "shop:delivery:DeliveryRoles delivery",
            `aws:iam/openIdConnectProvider:OpenIdConnectProvider delivery-github${below}`,
            `aws:iam/policy:Policy delivery-boundary${below}`,
            ...expected,
        ]);
    });

    it("lets in the jobs that deploy, from their files on main, in their environments", async () => {
        const role = named(await deploy(), "delivery-deploy");
        expect(role.inputs.name).to.equal("delivery-traffic-dev-deploy");
        expect(role.inputs.maxSessionDuration).to.equal(5400);
        expect(statements(role, "assumeRolePolicy")).to.deep.equal([
            trusted("dev", onMain("deploy-stack.yml")),
            trusted("dev-upkeep", onMain("upkeep-stack.yml")),
        ]);
    });

    it("lets previews read from main, and from other branches only where that was asked for", async () => {
        const own = statements(named(await deploy(), "delivery-read"), "assumeRolePolicy");
        expect(own).to.deep.equal([
            trusted("dev-preview", onMain("deploy-stack.yml")),
            trusted("dev-preview", onMain("upkeep-stack.yml")),
        ]);
        const open = await deploy({ ...delivery, previewFromPullRequests: true });
        expect(statements(named(open, "delivery-read"), "assumeRolePolicy")).to.deep.equal([
            trusted("dev-preview"),
        ]);
    });

    it("writes nothing but with the deploy role", async () => {
        const read = (await deploy()).filter(
            ({ name, type }) => type === "aws:iam/policy:Policy" && name.startsWith("delivery-read-"),
        );
        const actions = read.flatMap((policy) => statements(policy)).flatMap(({ Action }) => Action);
        expect(actions.filter((action) => !/:(Get|List|Describe|GET$|Decrypt$)/.test(action))).to.deep.equal(
            [],
        );
    });

    it("makes no role without the boundary, and changes neither the boundary nor itself", async () => {
        const bounded = {
            "iam:PermissionsBoundary": "arn:aws:iam::123456789012:policy/traffic-dev-boundary",
        };
        const roles = ["arn:aws:iam::123456789012:role/traffic-dev-*"];
        for (const action of ["iam:CreateRole", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary"]) {
            const [only, ...others] = await allowing(action);
            expect(others).to.deep.equal([]);
            expect([only?.Resource, only?.Condition], action).to.deep.equal([
                roles,
                { StringEquals: bounded },
            ]);
        }
        const [attach] = await allowing("iam:AttachRolePolicy");
        expect(attach?.Condition).to.deep.equal({
            StringEquals: bounded,
            ArnEquals: {
                "iam:PolicyARN": "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
            },
        });
        const all = (await deploy()).filter(
            ({ name }) => name.startsWith("delivery-deploy-") && !name.endsWith("-attachment"),
        );
        const iam = all
            .flatMap((policy) => statements(policy))
            .filter(({ Action }) => Action.some((action) => action.startsWith("iam:")));
        for (const { Resource, Action } of iam) {
            expect(Action).to.not.include.members(["iam:DeleteRolePermissionsBoundary"]);
            expect(
                Action.filter((action) => /Policy(Version)?$/.test(action) && !action.includes("Role")),
            ).to.deep.equal([]);
            expect(
                [Resource]
                    .flat()
                    .every(
                        (each) =>
                            each.includes(":role/traffic-dev-") || each.includes(":role/aws-service-role/"),
                    ),
            ).to.equal(true);
        }
        // The delivery roles' own names do not begin as the stack's do.
        expect("delivery-traffic-dev-deploy").to.not.match(/^traffic-dev-/);
    });

    it("passes roles to tasks and to API Gateway alone", async () => {
        const [pass] = await allowing("iam:PassRole");
        expect(pass?.Condition).to.deep.equal({
            StringEquals: { "iam:PassedToService": ["apigateway.amazonaws.com", "ecs-tasks.amazonaws.com"] },
        });
    });

    it("allows no action and no service as a whole", async () => {
        const policies = (await deploy()).filter(({ type }) => type === "aws:iam/policy:Policy");
        for (const policy of policies) {
            for (const { Action, Resource, Condition } of statements(policy)) {
                expect(Action.join(), policy.name).to.not.contain("*");
                if (Resource === "*") {
                    expect(policy.name).to.match(/-(unscoped|boundary)$/);
                    expect(JSON.stringify(Condition)).to.contain('"aws:RequestedRegion":"');
                }
            }
        }
    });

    it("reaches this stack's state, and no other's", async () => {
        const objects = (await allowing("s3:PutObject")).flatMap(({ Resource }) => Resource);
        const at = "arn:aws:s3:::shop-traffic-state/.pulumi";
        expect(objects).to.deep.equal([
            `${at}/stacks/traffic/dev.json`,
            `${at}/stacks/traffic/dev.json.*`,
            `${at}/locks/organization/traffic/dev/*`,
            `${at}/history/traffic/dev/*`,
            `${at}/backups/traffic/dev/*`,
        ]);
    });

    it("takes the provider that the account has", async () => {
        const oidcProviderArn = `arn:aws:iam::123456789012:oidc-provider/${claim}`;
        const types = (await deploy({ ...delivery, oidcProviderArn })).map(({ type }) => type);
        expect(types).to.not.include("aws:iam/openIdConnectProvider:OpenIdConnectProvider");
    });

    it("is judged by every rule: its configuration switches none off, and excepts three policies", () => {
        const file = join(__dirname, "../../../stacks/delivery/policy-config.json");
        const configuration = JSON.parse(readFileSync(file, "utf8")) as PackConfiguration;
        expect(checkConfiguration(configuration, rules)).to.deep.equal([]);
        expect(Object.keys(configuration)).to.deep.equal(["base-iam"]);
        const { exceptions } = configuration["base-iam"] as { exceptions: { resource: string }[] };
        expect(exceptions.map(({ resource }) => resource)).to.deep.equal([
            "delivery-deploy-unscoped",
            "delivery-read-unscoped",
            "delivery-boundary",
        ]);
    });

    it("refuses patterns where a claim has to be exact, all at once", () => {
        const issues = checkDelivery({
            ...delivery,
            scope: { ...scope, accountId: "12", region: "*" },
            repository: { name: "shop/*", id: "*", subject: "repo:shop/*" },
            oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/other.example",
        });
        expect(issues.map(({ path }) => path)).to.deep.equal([
            "accountId",
            "region",
            "repository",
            "repositoryId",
            "subject",
            "oidcProviderArn",
        ]);
        const immutable = { name: "shop/platform", id: "4711", subject: "repo:shop-12/platform-4711" };
        expect(checkDelivery({ ...delivery, repository: immutable })).to.deep.equal([]);
        const foreign = { ...immutable, subject: "repo:other-12/platform-4711" };
        expect(checkDelivery({ ...delivery, repository: foreign }).map(({ path }) => path)).to.deep.equal([
            "subject",
        ]);
    });
});
