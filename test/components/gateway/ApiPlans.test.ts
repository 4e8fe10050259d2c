import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { ApiEdge } from "../../../components/gateway/ApiEdge";
import { ApiPlans } from "../../../components/gateway/ApiPlans";
import { ExternalApi } from "../../../components/gateway/ExternalApi";
import { checkPlans } from "../../../components/gateway/plans";
import { describeIssue } from "../../../components/model/issues";
import { identities, named, record, refusal, type RecordedResource } from "../../support/mocks";
import { edgeArgs, mocks, notesContract, placement } from "./support";

const backend = {
    loadBalancerArn: "arn:lb",
    serverName: "ingress.shop.internal",
    verifyServerCertificate: true,
};

function notes(name: string, edge: ApiEdge): ExternalApi {
    const contracts = { v1: { file: "notes.yaml", text: notesContract } };
    return new ExternalApi(name, { edge, backend, service: "note-service", contracts });
}

async function deployed(
    protect = false,
    visit?: (plans: ApiPlans) => void,
): Promise<readonly RecordedResource[]> {
    const resources = await record(() => {
        const edge = new ApiEdge("edge", { ...edgeArgs, placement: { ...placement, protect } });
        const apis = [notes("notes", edge), notes("drafts", edge)];
        const plans = new ApiPlans("plans", { edge, apis, web: { users: 30 }, mobile: { users: 6 } });
        visit?.(plans);
    }, mocks);
    return resources.filter(({ name }) => name.startsWith("plans"));
}

describe("ApiPlans", () => {
    it('has a plan and a key for each client type, as ADR-003\'s "API Key Authentication" needs: renaming one needs an alias', async () => {
        expect(identities(await deployed())).to.have.members([
            "shop:gateway:ApiPlans plans",
            ...["web", "mobile", "partner"].flatMap((client) => [
                `aws:apigateway/usagePlan:UsagePlan plans-${client} < plans`,
                `aws:apigateway/apiKey:ApiKey plans-${client}-key < plans`,
                `aws:apigateway/usagePlanKey:UsagePlanKey plans-${client}-plan-key < plans`,
            ]),
        ]);
    });

    it('lets a consumer call every API 1000 times a minute: ADR-003, "Rate Limiting (1000 requests/minute per user)"', async () => {
        expect(named(await deployed(), "plans-partner").inputs).to.deep.equal({
            name: "traffic-test-partner",
            description: "Requests of partner",
            throttleSettings: { rateLimit: 1000 / 60, burstLimit: 100 },
            apiStages: [
                { apiId: "notes-v1_id", stage: "v1" },
                { apiId: "drafts-v1_id", stage: "v1" },
            ],
        });
    });

    it("sizes the plans of shared keys for all their users", async () => {
        const resources = await deployed();
        expect(named(resources, "plans-web").inputs.throttleSettings).to.deep.equal({
            rateLimit: 500,
            burstLimit: 3000,
        });
        expect(named(resources, "plans-mobile").inputs.throttleSettings).to.deep.equal({
            rateLimit: 100,
            burstLimit: 600,
        });
    });

    it("ties each key to its own plan", async () => {
        expect(named(await deployed(), "plans-web-plan-key").inputs).to.deep.equal({
            keyId: "plans-web-key_id",
            keyType: "API_KEY",
            usagePlanId: "plans-web_id",
        });
    });

    it("hands keys out as secrets", async () => {
        const keys: Record<string, { value: string; secret: boolean }> = {};
        await deployed(false, (plans) => {
            for (const [client, key] of Object.entries(plans.apiKeys)) {
                key.apply(async (value) => {
                    keys[client] = { value, secret: await pulumi.isSecret(key) };
                });
            }
        });
        expect(keys).to.deep.equal({
            web: { value: "key of plans-web-key", secret: true },
            mobile: { value: "key of plans-mobile-key", secret: true },
            partner: { value: "key of plans-partner-key", secret: true },
        });
    });

    it("tells by which id logs call each client's key", async () => {
        const ids: Record<string, string> = {};
        await deployed(false, ({ apiKeyIds }) => {
            for (const [client, id] of Object.entries(apiKeyIds)) {
                id.apply((value) => (ids[client] = value));
            }
        });
        expect(ids).to.deep.equal({
            web: "plans-web-key_id",
            mobile: "plans-mobile-key_id",
            partner: "plans-partner-key_id",
        });
    });

    it("protects the keys, which clients hold, when asked to", async () => {
        const kept = (await deployed(true)).filter(({ protect }) => protect).map(({ name }) => name);
        expect(kept.sort()).to.deep.equal(["plans-mobile-key", "plans-partner-key", "plans-web-key"]);
    });

    it("refuses two APIs of one name, and more than API Gateway's quotas hold", () => {
        const consumers = Array.from({ length: 299 }, (_, index) => `consumer-${index}`);
        const stages = Array.from({ length: 101 });
        const issues = checkPlans(
            { web: { users: 1 }, mobile: { users: 1 } },
            [
                { api: "notes", stages },
                { api: "notes", stages },
            ],
            consumers,
        );
        expect(issues.map(describeIssue)).to.deep.equal([
            'apis is "notes"; use a name of its own for each API: it is the first segment of its path',
            'apis is "202 versions"; use at most 200, API Gateway\'s quota of multi-level mappings for a domain: "notes" has the first too many; retire a version, or let another edge, with a domain of its own, have that API',
            'edge.consumers is "301 usage plans"; use at most 300, API Gateway\'s quota for an account and region: "consumer-298" is the first too many; let an edge in another account have the consumers after that',
        ]);
    });

    it("lets each child be transformed", async () => {
        const changed = await record(() => {
            const edge = new ApiEdge("edge", edgeArgs);
            const backend = {
                loadBalancerArn: "arn:lb",
                serverName: "ingress.shop.internal",
                verifyServerCertificate: true,
            };
            const contracts = { v1: { file: "notes.yaml", text: notesContract } };
            const notes = new ExternalApi("notes", { edge, backend, service: "note-service", contracts });
            new ApiPlans("plans", {
                edge,
                apis: [notes],
                web: { users: 1 },
                mobile: { users: 1 },
                transform: {
                    usagePlan: (args) => ({ ...args, region: "changed" }),
                    apiKey: (args) => ({ ...args, region: "changed" }),
                    usagePlanKey: (args) => ({ ...args, region: "changed" }),
                },
            });
        }, mocks);
        const own = changed.filter(({ name, type }) => name.startsWith("plans") && type.startsWith("aws:"));
        expect(own.map(({ inputs }) => inputs.region)).to.deep.equal(own.map(() => "changed"));
        expect(own.length).to.equal(9);
    });

    it("reports all bad arguments at once, before any child exists", async () => {
        const { message, resources } = await refusal((attempt) => {
            const edge = new ApiEdge("edge", edgeArgs);
            attempt(() => new ApiPlans("plans", { edge, apis: [], web: { users: 0 }, mobile: { users: 1 } }));
        }, mocks);
        expect(message.split("\n")).to.deep.equal([
            'ApiPlans "plans": 2 issues',
            "  - web.users is 0; use a whole number of at least 1",
            "  - apis is 0; use at least one API",
        ]);
        expect(identities(resources.filter(({ name }) => name.startsWith("plans")))).to.deep.equal([
            "shop:gateway:ApiPlans plans",
        ]);
    });
});
