import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { readCheckpoint, stateAndAccount } from "../support/engine/checkpoint";
import { LocalEngine, SHOP } from "../support/engine/LocalEngine";
import { fillAccount } from "../support/engine/recordedAccount";

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

/** By type and id: what was replaced has another id. */
function keptThings(engine: LocalEngine): readonly string[] {
    return readCheckpoint(engine, "traffic")
        .resources.filter(({ type }) => KEPT.includes(type))
        .map(({ type, id }) => `${type} ${id}`);
}

describe("A state of an earlier release", () => {
    let engine: LocalEngine;
    before(async () => {
        engine = await LocalEngine.create(SHOP, "dev");
        const state = join(engine.stateFolder, "recorded.json");
        writeFileSync(state, brotliDecompressSync(readFileSync(RECORDED)));
        await engine.mustRun(["stack", "import", "--stack", "dev", "--file", state]);
        fillAccount(engine, readCheckpoint(engine, "traffic"));
    });
    after(() => {
        engine.remove();
    });

    it("is taken over with nothing lost and nothing left behind: what holds data or an address is the same thing as before", async () => {
        const before = stateAndAccount(engine, "traffic");
        expect(before.account).to.deep.equal(before.state);
        const kept = keptThings(engine);
        expect([...new Set(kept.map((each) => each.split(" ")[0]))]).to.have.members(KEPT);

        const up = await engine.up();
        expect(up.code, up.output).to.equal(0);
        const { state, account } = stateAndAccount(engine, "traffic");
        expect(account).to.deep.equal(state);
        const still = keptThings(engine);
        expect(kept.filter((each) => !still.includes(each))).to.deep.equal([]);
    });

    it("goes with the rest when the stack is destroyed", async () => {
        const destroyed = await engine.destroy();
        expect(destroyed.code, destroyed.output).to.equal(0);
        expect(stateAndAccount(engine, "traffic")).to.deep.equal({ state: [], account: [] });
    });
});
