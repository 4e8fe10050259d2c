import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { readEvents } from "../../tools/ci/events";
import { LocalEngine, SHOP } from "../support/engine/LocalEngine";

/**
 * What `stack export` said of the dev stack, deployed by the program of an earlier commit (6f3269e). To record a later release: deploy it with
 * `make up`, and compress its export with Brotli.
 */
const RECORDED = join(__dirname, "fixtures", "earlier-release", "dev.json.br");

/** What holds data, or an address that somebody knows: a release over it may change it in place, and no more. */
const KEPT = [
    "aws:acm/certificate:Certificate",
    "aws:apigateway/apiKey:ApiKey",
    "aws:apigateway/clientCertificate:ClientCertificate",
    "aws:apigateway/domainName:DomainName",
    "aws:apigateway/restApi:RestApi",
    "aws:apigateway/stage:Stage",
    "aws:apigateway/usagePlan:UsagePlan",
    "aws:apigatewayv2/apiMapping:ApiMapping",
    "aws:apigatewayv2/vpcLink:VpcLink",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:cognito/userPool:UserPool",
    "aws:cognito/userPoolClient:UserPoolClient",
    "aws:ec2/subnet:Subnet",
    "aws:ec2/vpc:Vpc",
    "aws:ecs/cluster:Cluster",
    "aws:ecs/service:Service",
    "aws:kms/key:Key",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:route53/zone:Zone",
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
    "aws:servicediscovery/service:Service",
    "aws:sns/topic:Topic",
    "tls:index/privateKey:PrivateKey",
    "tls:index/selfSignedCert:SelfSignedCert",
];

describe("A state of an earlier release", () => {
    let engine: LocalEngine;
    let scratch: string;
    before(async () => {
        engine = await LocalEngine.create(SHOP, "dev");
        scratch = mkdtempSync(join(tmpdir(), "earlier-release-"));
    });
    after(() => {
        engine.remove();
        rmSync(scratch, { recursive: true, force: true });
    });

    it("is taken over: what holds data or an address is neither replaced nor deleted", async () => {
        const state = join(scratch, "state.json");
        writeFileSync(state, brotliDecompressSync(readFileSync(RECORDED)));
        await engine.mustRun(["stack", "import", "--stack", "dev", "--file", state]);
        const recorded = (await engine.exportState()).filter(({ type }) => KEPT.includes(type));
        expect([...new Set(recorded.map(({ type }) => type))]).to.have.members(KEPT);

        const log = join(scratch, "events");
        const preview = await engine.preview({
            args: ["--event-log", log],
            environment: { PULUMI_DEBUG_COMMANDS: "true" },
        });
        expect(preview.code, preview.output).to.equal(0);
        const steps = readEvents(log).flatMap(({ resourcePreEvent: event }) =>
            event === undefined ? [] : [event.metadata],
        );
        // A resource that has moved is known by an alias: the old state has its old name.
        const survivors = steps
            .filter(({ op }) => op === "same" || op === "update")
            .map(({ old, urn }) => old?.urn ?? urn);
        expect(recorded.map(({ urn }) => urn).filter((urn) => !survivors.includes(urn))).to.deep.equal([]);
    });
});
