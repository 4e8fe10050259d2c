import { expect } from "chai";
import type { AwsProvider } from "../../../../local/providers/aws/provider";
import { UNKNOWN } from "../../../../local/providers/rpc/values";
import type { Props } from "../../../../local/providers/rpc/values";
import { MINIMAL } from "../support/minimal";
import { forgetScratch, newAws, subjectOf } from "../support/providers";

describe("what the aws stand-in refuses", () => {
    let provider: AwsProvider;
    beforeEach(async () => {
        provider = await newAws();
    });
    after(forgetScratch);

    async function refusals(type: string, inputs: Props): Promise<readonly string[]> {
        const given = { ...MINIMAL[type]?.inputs, ...inputs };
        return (await provider.check(subjectOf(type), undefined, given)).failures.map(({ reason }) => reason);
    }

    it("is a resource type that it does not know", () => {
        const check = () => provider.check(subjectOf("aws:lambda/function:Function"), undefined, {});
        expect(check).to.throw(
            "aws:lambda/function:Function is no resource type that the local aws provider knows; add it " +
                "to local/providers/aws.",
        );
    });

    it("is an input that the type does not have, with the one that was meant", async () => {
        expect(await refusals("aws:ecs/service:Service", { desiredcount: 2 })).to.deep.equal([
            'aws:ecs/service:Service has no input "desiredcount" (did you mean "desiredCount"?)',
        ]);
    });

    it("is a nested input that the type does not have, and a missing one beside it", async () => {
        expect(
            await refusals("aws:ecs/service:Service", { networkConfiguration: { subnet: ["a"] } }),
        ).to.deep.equal([
            'aws:ecs/service:Service has no input "networkConfiguration.subnet" (did you mean "subnets"?)',
            'aws:ecs/service:Service lacks the required input "networkConfiguration.subnets"',
        ]);
    });

    it("is a metric filter with dimensions and a default value, which CloudWatch Logs does not take together", async () => {
        const type = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
        const metric = { name: "lines", namespace: "shop", value: "1", dimensions: { Api: "$.api" } };
        expect(await refusals(type, { metricTransformation: metric })).to.deep.equal([]);
        expect(
            await refusals(type, { metricTransformation: { ...metric, defaultValue: "0" } }),
        ).to.deep.equal(["a metric filter with dimensions takes no default value"]);
    });

    it("is an unknown input inside a list, named by its position", async () => {
        const rules = [
            {
                name: "rate",
                priority: 1,
                statement: { rateBasedStatement: { limits: 1000, limit: 1000, aggregateKeyType: "IP" } },
                visibilityConfig: {
                    cloudwatchMetricsEnabled: true,
                    metricName: "m",
                    sampledRequestsEnabled: false,
                },
            },
        ];
        expect(await refusals("aws:wafv2/webAcl:WebAcl", { rules })).to.deep.equal([
            'aws:wafv2/webAcl:WebAcl has no input "rules[0].statement.rateBasedStatement.limits" (did you mean "limit"?)',
        ]);
    });

    it("is a resource without its required inputs, all named at once", async () => {
        const checked = await provider.check(subjectOf("aws:apigateway/stage:Stage"), undefined, {});
        expect(checked.failures).to.deep.equal([
            {
                property: "deployment",
                reason: 'aws:apigateway/stage:Stage lacks the required input "deployment"',
            },
            { property: "restApi", reason: 'aws:apigateway/stage:Stage lacks the required input "restApi"' },
            {
                property: "stageName",
                reason: 'aws:apigateway/stage:Stage lacks the required input "stageName"',
            },
        ]);
    });

    it("is a value of the wrong kind, whose text is not shown", async () => {
        expect(
            await refusals("aws:ecs/service:Service", { desiredCount: "many", loadBalancers: {} }),
        ).to.deep.equal([
            'aws:ecs/service:Service takes a number as input "desiredCount", not a string',
            'aws:ecs/service:Service takes a list as input "loadBalancers", not an object',
        ]);
    });

    it("is no unknown value, wherever it stands", async () => {
        const unknown = {
            desiredCount: UNKNOWN,
            loadBalancers: UNKNOWN,
            networkConfiguration: { subnets: [UNKNOWN] },
        };
        expect(await refusals("aws:ecs/service:Service", unknown)).to.deep.equal([]);
    });

    const CASES: readonly (readonly [type: string, inputs: Props, reasons: readonly string[]])[] = [
        [
            "aws:ecs/taskDefinition:TaskDefinition",
            { containerDefinitions: "{" },
            ['"containerDefinitions" is no list of containers; ECS wants a JSON array of objects'],
        ],
        [
            "aws:ecs/taskDefinition:TaskDefinition",
            { containerDefinitions: '[{"name":"a","image":"i"},{"name":"a"}]' },
            [
                'container 1 of "containerDefinitions" has no "image"',
                '"containerDefinitions" names two containers "a"',
            ],
        ],
        [
            "aws:ecs/taskDefinition:TaskDefinition",
            { requiresCompatibilities: ["FARGATE"], cpu: "256" },
            [
                'a FARGATE task definition needs "memory"',
                'a FARGATE task definition needs "networkMode": "awsvpc"',
            ],
        ],
        [
            "aws:ecs/taskDefinition:TaskDefinition",
            { containerDefinitions: JSON.stringify([{ name: "a", image: "i", x: "y".repeat(65536) }]) },
            ['"containerDefinitions" has 65569 bytes; ECS takes at most 65536'],
        ],
        [
            "aws:ssm/parameter:Parameter",
            { value: "x".repeat(4097) },
            ['"value" has 4097 bytes; the Standard tier takes at most 4096'],
        ],
        [
            "aws:lb/loadBalancer:LoadBalancer",
            { name: "x".repeat(33) },
            [`"name" is "${"x".repeat(33)}"; use 1 to 32 letters, digits and inner hyphens`],
        ],
        [
            "aws:iam/role:Role",
            { assumeRolePolicy: "allow all" },
            ['"assumeRolePolicy" is no policy document; AWS wants a JSON object with "Statement"'],
        ],
        [
            "aws:apigateway/restApi:RestApi",
            { body: "paths: {}" },
            ['"body" is no OpenAPI document; API Gateway wants JSON or YAML with "openapi"'],
        ],
        [
            "aws:cloudwatch/logGroup:LogGroup",
            { retentionInDays: 31 },
            [
                '"retentionInDays" is 31; use one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, ' +
                    "731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
            ],
        ],
        ["aws:route53/record:Record", { records: null }, ['give either "aliases", or "records" and "ttl"']],
        [
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
            { prefixListId: "pl-1" },
            [
                "give exactly one of cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId; got cidrIpv4, prefixListId",
            ],
        ],
        [
            "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
            { logDestinationConfigs: ["arn:aws:logs:eu-west-1:123456789012:log-group:waf"] },
            ['a log group of a Web ACL needs a name that begins with "aws-waf-logs-"'],
        ],
        [
            "aws:apigateway/apiKey:ApiKey",
            { value: "hush" },
            ['"value" has 4 characters; API Gateway takes 20 to 128'],
        ],
        ["aws:kms/key:Key", { deletionWindowInDays: 5 }, ['"deletionWindowInDays" is 5; use 7 to 30']],
        [
            "aws:appautoscaling/target:Target",
            { minCapacity: 5 },
            ['"minCapacity" is 5, above "maxCapacity", 4'],
        ],
    ];
    for (const [type, inputs, reasons] of CASES) {
        it(`is what AWS would refuse: ${type}, ${reasons[0]?.slice(0, 60) ?? ""}`, async () => {
            expect(await refusals(type, inputs)).to.deep.equal(reasons);
        });
    }

    it("is a Web ACL whose rules WAF would refuse", async () => {
        const rule = (name: string, priority: number, limit: number, evaluationWindowSec: number): Props => ({
            name,
            priority,
            statement: { rateBasedStatement: { aggregateKeyType: "IP", limit, evaluationWindowSec } },
            visibilityConfig: {
                cloudwatchMetricsEnabled: true,
                metricName: name,
                sampledRequestsEnabled: false,
            },
        });
        const rules = [rule("a", 1, 9, 60), rule("a", 1, 1000, 90)];
        expect(await refusals("aws:wafv2/webAcl:WebAcl", { rules })).to.deep.equal([
            "two rules have priority 1",
            'two rules are named "a"',
            'rule "a" limits to 9; WAF takes at least 10',
            'rule "a" has a window of 90 s; WAF takes 60, 120, 300, 600',
        ]);
    });
});
