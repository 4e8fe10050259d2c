import { expect } from "chai";
import { createHash } from "node:crypto";
import { ApiEdge } from "../../../components/gateway/ApiEdge";
import type { ExternalApiArgs } from "../../../components/gateway/apiArgs";
import { ExternalApi } from "../../../components/gateway/ExternalApi";
import { identities, named, record, type MockOptions, type RecordedResource } from "../../support/mocks";
import { edgeArgs, mocks, notesContract, placement } from "./support";

const contracts = { v1: { file: "notes.yaml", text: notesContract } };
const backend = {
    loadBalancerArn: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/ingress/1",
    serverName: "ingress.shop.internal",
    verifyServerCertificate: false,
};

/** What the API adds to the edge, which other tests cover. */
async function deployed(
    change: Partial<ExternalApiArgs> = {},
    options: MockOptions = mocks,
    protect = false,
): Promise<readonly RecordedResource[]> {
    const resources = await record(() => {
        const edge = new ApiEdge("edge", { ...edgeArgs, placement: { ...placement, protect } });
        new ExternalApi("notes", { edge, backend, service: "note-service", contracts, ...change });
    }, options);
    return resources.filter(({ name }) => name.startsWith("notes"));
}

describe("ExternalApi", () => {
    let resources: readonly RecordedResource[];
    before(async () => {
        resources = await deployed();
    });

    it("has exactly these children for each version: renaming one needs an alias", async () => {
        const names = (version: string): readonly string[] => [
            `aws:apigateway/deployment:Deployment notes-${version}-deployment < notes`,
            `aws:apigateway/methodSettings:MethodSettings notes-${version}-methods < notes`,
            `aws:apigateway/restApi:RestApi notes-${version} < notes`,
            `aws:apigateway/stage:Stage notes-${version}-stage < notes`,
            `aws:apigatewayv2/apiMapping:ApiMapping notes-${version}-mapping < notes`,
            `aws:cloudwatch/logGroup:LogGroup notes-${version}-access-logs < notes`,
            `aws:cloudwatch/logGroup:LogGroup notes-${version}-execution-logs < notes`,
            `aws:wafv2/webAclAssociation:WebAclAssociation notes-${version}-web-acl < notes`,
        ];
        const component = "shop:gateway:ExternalApi notes";
        expect(identities(resources)).to.have.members([...names("v1"), component]);
        const text = notesContract.replace("version: 1.2.0", "version: 2.0.0");
        const both = await deployed({ contracts: { ...contracts, v2: { file: "notes-2.yaml", text } } });
        expect(identities(both)).to.have.members([...names("v1"), ...names("v2"), component]);
    });

    it("makes a Regional API that only the custom domain reaches", () => {
        const { body, ...inputs } = named(resources, "notes-v1").inputs;
        expect(inputs).to.deep.equal({
            name: "traffic-test-notes-v1",
            description: "Notes",
            apiKeySource: "HEADER",
            disableExecuteApiEndpoint: true,
            endpointConfiguration: { types: "REGIONAL" },
            minimumCompressionSize: "1024",
        });
        expect(body).to.contain(`"integrationTarget":"${backend.loadBalancerArn}"`);
        expect(body).to.contain('"providerARNs":["arn:aws:mock:::edge-users"]');
        expect(body).not.to.contain("{{");
    });

    it("deploys again when the body changes, and only then", async () => {
        const digestOf = (from: readonly RecordedResource[]): unknown =>
            (named(from, "notes-v1-deployment").inputs.triggers as { body: string }).body;
        const body = String(named(resources, "notes-v1").inputs.body);
        expect(digestOf(resources)).to.equal(createHash("sha256").update(body).digest("hex"));
        expect(digestOf(await deployed())).to.equal(digestOf(resources));
        const text = notesContract.replace("maxLength: 100", "maxLength: 200");
        expect(digestOf(await deployed({ contracts: { v1: { file: "notes.yaml", text } } }))).not.to.equal(
            digestOf(resources),
        );
    });

    it('stages it with logs, tracing and the client certificate: ADR-003, "Monitoring and Analytics"', () => {
        const { accessLogSettings, ...inputs } = named(resources, "notes-v1-stage").inputs;
        expect(inputs).to.deep.equal({
            restApi: "notes-v1_id",
            deployment: "notes-v1-deployment_id",
            stageName: "v1",
            description: "Notes, contract 1.2.0",
            clientCertificateId: "edge-client-certificate_id",
            variables: { vpcLinkId: "edge-vpc-link_id" },
            xrayTracingEnabled: true,
        });
        expect(accessLogSettings).to.deep.include({ destinationArn: "arn:aws:mock:::notes-v1-access-logs" });
        expect(named(resources, "notes-v1-stage").dependsOn).to.include.members([
            "notes-v1-execution-logs",
            "edge-account",
        ]);
    });

    it("logs no token, key, address or body", () => {
        const { format } = named(resources, "notes-v1-stage").inputs.accessLogSettings as { format: string };
        const fields = Object.values(JSON.parse(format) as Record<string, string>);
        expect(
            fields.filter((field) =>
                /sourceIp|userAgent|apiKey$|email|username|header|querystring|body|context\.path$/i.test(
                    field,
                ),
            ),
        ).to.deep.equal([]);
        expect(fields).to.include.members([
            "$context.authorizer.claims.sub",
            "$context.identity.apiKeyId",
            "$context.wafResponseCode",
        ]);
    });

    it("keeps logs for a while only, under the platform's key", () => {
        const kept = { retentionInDays: 30, kmsKeyId: placement.kmsKeyArn };
        expect(named(resources, "notes-v1-access-logs").inputs).to.deep.equal({
            name: "/traffic-test/gateway/notes/v1",
            ...kept,
        });
        expect(named(resources, "notes-v1-execution-logs").inputs).to.deep.equal({
            name: "API-Gateway-Execution-Logs_notes-v1_id/v1",
            ...kept,
        });
    });

    it('throttles and measures every method, and logs errors without their data: ADR-003, "Monitoring and Analytics"', () => {
        expect(named(resources, "notes-v1-methods").inputs).to.deep.equal({
            restApi: "notes-v1_id",
            stageName: "v1",
            methodPath: "*/*",
            settings: {
                metricsEnabled: true,
                loggingLevel: "ERROR",
                dataTraceEnabled: false,
                throttlingRateLimit: 500,
                throttlingBurstLimit: 1000,
            },
        });
    });

    it("puts the stage behind the edge's Web ACL, each join naming one resource", () => {
        expect(named(resources, "notes-v1-web-acl").propertyDependencies).to.deep.equal({
            resourceArn: ["notes-v1-stage"],
            webAclArn: ["edge-web-acl"],
        });
    });

    it("maps it below the domain once its limits are in place", () => {
        const mapping = named(resources, "notes-v1-mapping");
        expect(mapping.inputs).to.deep.equal({
            apiId: "notes-v1_id",
            apiMappingKey: "notes/v1",
            domainName: "edge-domain_id",
            stage: "v1",
        });
        expect(mapping.dependsOn).to.include.members(["notes-v1-web-acl", "notes-v1-methods"]);
    });

    it("protects the API, which clients know, when asked to", async () => {
        const kept = await deployed({}, mocks, true);
        expect(kept.filter(({ protect }) => protect).map(({ name }) => name)).to.deep.equal(["notes-v1"]);
    });

    it("registers what a policy judges, known at a first preview although the body is not", async () => {
        const preview = await deployed({}, { ...mocks, preview: true });
        expect(named(preview, "notes-v1").inputs.body).to.deep.equal({ __pulumiUnknown: true });
        const { versions, ...outputs } = named(preview, "notes").outputs as {
            versions: Record<string, { template: string; restApiId: unknown }>;
        };
        expect(outputs).to.deep.equal({
            api: "notes",
            service: "note-service",
            urls: { v1: "https://api.shop.example/notes/v1" },
            backend,
            publicOperations: {},
            placeholders: ["integrationTarget", "userPoolArn"],
        });
        const { template = "", ...version } = versions.v1 ?? {};
        expect(version).to.deep.equal({
            mappingKey: "notes/v1",
            stageName: "v1",
            scopes: { readNote: ["notes/read"], writeNote: ["notes/write"] },
            restApiId: { __pulumiUnknown: true },
        });
        const filled = template
            .replaceAll("{{integrationTarget}}", backend.loadBalancerArn)
            .replaceAll("{{userPoolArn}}", "arn:aws:mock:::edge-users");
        expect(filled).to.equal(named(resources, "notes-v1").inputs.body);
    });

    it("reads a contract from a file", async () => {
        const fromFile = await deployed({ contracts: { v1: { file: "apis/orders/v1.yaml" } } });
        expect(named(fromFile, "notes-v1").inputs.description).to.equal("Order Management API");
    });

    it("lets each child be transformed", async () => {
        const described = await deployed({
            transform: {
                restApi: (args) => ({ ...args, tags: { changed: "yes" } }),
                deployment: (args) => ({ ...args, description: "changed" }),
                accessLogs: (args) => ({ ...args, tags: { changed: "yes" } }),
                executionLogs: (args) => ({ ...args, tags: { changed: "yes" } }),
                stage: (args) => ({ ...args, tags: { changed: "yes" } }),
                methodSettings: (args) => ({ ...args, region: "changed" }),
                webAclAssociation: (args) => ({ ...args, region: "changed" }),
                apiMapping: (args) => ({ ...args, region: "changed" }),
            },
        });
        expect(described.filter(({ inputs }) => JSON.stringify(inputs).includes("changed")).length).to.equal(
            8,
        );
    });
});
