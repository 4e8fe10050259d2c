import { statement, type Statement } from "./documents";
import { arn, type Scope } from "./scope";

/**
 * The most that any role of the stack may do, whatever policies a deploy gives it: what tasks and API Gateway's logging need. A test holds
 * it against the policies that the shop's roles have.
 */
export function boundaryStatements(scope: Scope): readonly Statement[] {
    const { prefix, region } = scope;
    const here = { StringEquals: { "aws:RequestedRegion": region } };
    // The stack's own, and those that API Gateway names itself.
    const groups = [`/${prefix}/*`, "API-Gateway-Execution-Logs_*", "/aws/apigateway/*"];
    return [
        statement(["ssm:GetParameters"], [arn(scope, "ssm", `parameter/${prefix}/*`)]),
        statement(["kms:Decrypt"], [arn(scope, "kms", "key/*")], {
            StringEquals: { "kms:ViaService": `ssm.${region}.amazonaws.com` },
        }),
        statement(
            ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            [arn(scope, "ecr", "repository/*")],
        ),
        statement(
            ["logs:CreateLogGroup", "logs:DescribeLogStreams", "logs:FilterLogEvents"],
            groups.map((group) => arn(scope, "logs", `log-group:${group}`)),
        ),
        statement(
            ["logs:CreateLogStream", "logs:GetLogEvents", "logs:PutLogEvents"],
            groups.map((group) => arn(scope, "logs", `log-group:${group}:log-stream:*`)),
        ),
        statement(["ecr:GetAuthorizationToken", "logs:DescribeLogGroups", ...tracing], "*", here),
    ];
}

const tracing = [
    "xray:GetSamplingRules",
    "xray:GetSamplingStatisticSummaries",
    "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
];
