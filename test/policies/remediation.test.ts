import { createRequire } from "node:module";
import type { Policies } from "@pulumi/policy";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { asRemediation, remediations } from "../../policies/remediation";
import { rules } from "../../policies/rules/all";
import { unknownText } from "./support/stack";

type Handler = (
    call: { readonly request: analyzer.AnalyzeRequest },
    callback: (error: Error | null | undefined, response?: analyzer.RemediateResponse) => void,
) => void;

const load = createRequire(__filename) as (id: string) => unknown;
const server = load("@pulumi/policy/server") as {
    makeRemediateRpcFun(name: string, version: string, level: "remediate", policies: Policies): Handler;
};

/** What each fix makes of a resource, through the handler that the engine calls. Its level is what a configuration says. */
async function fixed(type: string, props: object): Promise<readonly unknown[]> {
    const policies = remediations.map((each) => ({
        ...asRemediation(each),
        enforcementLevel: "remediate" as const,
    }));
    const handler = server.makeRemediateRpcFun("test", "0.0.0", "remediate", policies);
    const request = new analyzer.AnalyzeRequest();
    request.setType(type);
    request.setName("one");
    request.setUrn(`urn:pulumi:test::traffic::${type}::one`);
    request.setOptions(new analyzer.AnalyzerResourceOptions());
    request.setProperties(Struct.fromJavaScript(props as Record<string, JavaScriptValue>));
    const response = await new Promise<analyzer.RemediateResponse>((resolve, reject) => {
        handler({ request }, (error, answer) => {
            if (error || answer === undefined) {
                reject(error ?? new Error("the handler answered nothing"));
            } else {
                resolve(answer);
            }
        });
    });
    return response
        .getRemediationsList()
        .map((each) => [each.getPolicyname(), each.getDiagnostic(), each.getProperties()?.toJavaScript()]);
}

const stage = "aws:apigateway/stage:Stage";
const methodSettings = "aws:apigateway/methodSettings:MethodSettings";
const loadBalancer = "aws:lb/loadBalancer:LoadBalancer";

describe("A fix at the level remediate", () => {
    it("sets the one property, and leaves the others", async () => {
        expect(await fixed(stage, { stageName: "v1", restApi: unknownText })).to.deep.equal([
            ["fix-tracing", "", { stageName: "v1", restApi: unknownText, xrayTracingEnabled: true }],
        ]);
        expect(
            await fixed(methodSettings, { settings: { dataTraceEnabled: true, loggingLevel: "ERROR" } }),
        ).to.deep.equal([
            ["fix-body-logging", "", { settings: { dataTraceEnabled: false, loggingLevel: "ERROR" } }],
        ]);
        expect(await fixed("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 0 })).to.deep.equal([
            ["fix-log-retention", "", { retentionInDays: 30 }],
        ]);
        expect(await fixed(loadBalancer, { loadBalancerType: "application" })).to.deep.equal([
            ["fix-invalid-headers", "", { loadBalancerType: "application", dropInvalidHeaderFields: true }],
        ]);
    });

    it("leaves alone what holds", async () => {
        expect(await fixed(stage, { xrayTracingEnabled: true })).to.deep.equal([]);
        expect(await fixed("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 365 })).to.deep.equal([]);
        expect(await fixed(loadBalancer, { loadBalancerType: "network" })).to.deep.equal([]);
    });

    it("leaves to the rules what is unknown, and what another type calls the same", async () => {
        expect(await fixed(stage, { xrayTracingEnabled: unknownText })).to.deep.equal([]);
        expect(await fixed(methodSettings, { settings: unknownText })).to.deep.equal([]);
        expect(await fixed("aws:s3/bucket:Bucket", { xrayTracingEnabled: false })).to.deep.equal([]);
    });

    it("has a rule behind it that would refuse the resource", () => {
        const ids = rules.map(({ id }) => id);
        expect(remediations.filter(({ rule }) => !ids.includes(rule))).to.deep.equal([]);
    });
});
