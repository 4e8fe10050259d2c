import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { ReadContract } from "../../components/mesh/handOver";
import { describeIssue } from "../../components/model/issues";
import { contractsOf } from "../../components/model/mesh";
import { resolveMesh } from "../../components/model/resolveMesh";
import { resolveSettings } from "../../stacks/resolveSettings";
import { handOvers } from "../../stacks/shop";
import { named, type RecordedResource } from "../support/mocks";
import { deploy, settingsOf } from "./deployShop";
import { stackConfiguration } from "./stackConfiguration";

const stack = "organization/loyalty/dev";
const joining = { "loyalty-service": { tasks: 3, calls: ["user-service"] } };
const called = {
    "loyalty-service": {
        ...joining["loyalty-service"],
        stack,
        calledBy: ["order-service"],
        api: "loyalty",
        scopes: { "loyalty/read": "Read loyalty points" },
    },
};
const callers = { ingress: {}, "order-service": {} };
const { mesh } = resolveMesh({
    trustDomain: "shop.internal",
    services: { "loyalty-service": { localPort: 9201, foreignCallers: callers } },
});
/** What the guest's stack exports once it is deployed. */
const contract = new ReadContract(
    { format: 1, trustDomain: mesh.trustDomain, services: contractsOf(mesh) },
    stack,
);

function issuesOf(changes: Record<string, unknown>): readonly string[] {
    const { region, traffic } = stackConfiguration("dev");
    const raw = { project: "traffic", stack: "dev", region, traffic: { ...traffic, ...changes } };
    return resolveSettings(raw).issues.map(describeIssue);
}

const containers = (resources: readonly RecordedResource[], service: string): string =>
    String(named(resources, service, "aws:ecs/taskDefinition:TaskDefinition").inputs.containerDefinitions);

describe("The shop's guests", () => {
    it("are none unless the settings list some, and nothing is handed over", async () => {
        const settings = settingsOf("dev");
        let exported: unknown;
        const resources = await deploy(settings, (shop) => {
            exported = handOvers(settings, shop);
        });
        expect(exported).to.deep.equal({});
        expect(resources.map(({ name }) => name).join()).not.to.contain("mesh-guest-");
    });

    it("get an identity and what they need to join, and are let in where the settings say", async () => {
        const settings = settingsOf("dev", { guests: joining });
        let exported: Record<string, unknown> = {};
        const resources = await deploy(settings, (shop) => {
            pulumi.output(handOvers(settings, shop)).apply((values) => {
                exported = values;
            });
        });
        expect(Object.keys(exported)).to.deep.equal(["meshHandOver", "meshContract", "apiHandOver"]);
        const { guests } = exported.meshHandOver as { guests: Record<string, object> };
        expect(guests["loyalty-service"]).to.include({ service: "loyalty-service", tasks: 3 });
        expect(resources.map(({ name }) => name)).to.include("mesh-guest-loyalty-service");
        const caller = "spiffe://shop.internal/loyalty-service";
        expect(containers(resources, "user-service")).to.contain(caller);
        expect(containers(resources, "order-service")).not.to.contain(caller);
    });

    it("are called, and get their API, once their stack says who may call them", async () => {
        const settings = settingsOf("dev", { guests: called });
        const resources = await deploy(settings, () => undefined, [contract]);
        expect(containers(resources, "order-service")).to.contain("LOYALTY_SERVICE_URL");
        expect(containers(resources, "search-service")).not.to.contain("LOYALTY_SERVICE_URL");
        const { outputs } = named(resources, "ingress", "shop:mesh:MeshIngress");
        expect(outputs?.routes).to.deep.include({ api: "loyalty", service: "loyalty-service" });
        const clients = resources.filter(({ type }) => type === "aws:cognito/userPoolClient:UserPoolClient");
        const scopesOf = (client: string): unknown =>
            clients.find(({ name }) => name.includes(client))?.inputs.allowedOauthScopes;
        expect(scopesOf("web")).to.include("loyalty/read");
        expect(scopesOf("mobile")).to.include("loyalty/read");
    });

    it("are checked with the other settings", () => {
        expect(issuesOf({ guests: called })).to.deep.equal([]);
        expect(
            issuesOf({
                guests: { "loyalty-service": { calls: ["cart"], calledBy: ["tax"], api: "orders" } },
            }),
        ).to.deep.equal([
            'traffic:guests.loyalty-service.calls[0] is "cart"; use one of user-service, product-service, order-service, payment-service, inventory-service, notification-service, analytics-service, search-service',
            'traffic:guests.loyalty-service.calledBy[0] is "tax"; use one of user-service, product-service, order-service, payment-service, inventory-service, notification-service, analytics-service, search-service',
            "traffic:guests.loyalty-service.stack is missing; use the guest's stack, deployed before: its contract says who may call it",
            'traffic:guests.loyalty-service.api is "orders"; use a name that none of the shop\'s APIs has',
        ]);
        expect(issuesOf({ phase: 2, guests: joining })).to.deep.equal([
            'traffic:guests is ["loyalty-service"]; use none before phase 3 of data plane "envoy"',
        ]);
        expect(issuesOf({ guests: { "loyalty-service": { tasks: 0, port: 1 } } }).join()).to.contain(
            "traffic:guests.loyalty-service.tasks is 0",
        );
    });
});
