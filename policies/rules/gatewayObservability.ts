import { gather, type Finding } from "../finding";
import { apiFacts, restApis } from "../facts/gateway/apis";
import { joined } from "../facts/join";
import { methodSettingsOf } from "../facts/gateway/stages";
import type { Resource } from "../facts/stack";
import { stagesOf } from "../facts/stages";
import type { Value } from "../facts/value";
import { each, type Rule } from "../rule";

const accountType = "aws:apigateway/account:Account";
const roleType = "aws:iam/role:Role";
const logGroupType = "aws:cloudwatch/logGroup:LogGroup";

/** ADR-003: every request is seen, and nothing of its contents is kept. */
export function gatewayObservability(): Rule {
    return {
        id: "gateway-observability",
        title: "Access logs, metrics and traces of every stage",
        description:
            "Every stage writes access logs to a log group of this program, traces with X-Ray, counts every method, and logs no contents.",
        clause: "Request/Response metrics; X-Ray distributed tracing",
        severity: "medium",
        controls: [
            "Security Hub APIGateway.1",
            "Security Hub APIGateway.3",
            "cdk-nag AwsSolutions-APIG1",
            "cdk-nag AwsSolutions-APIG6",
        ],
        remediation:
            "leave accessLogSettings, xrayTracingEnabled and the method settings of ExternalApi as generated.",
        settings: {},
        checks: (stack) => [
            ...each(restApis(stack), (restApi) => failuresShow(apiFacts(restApi).document)),
            ...each(stack.ofType(accountType), (account) => {
                joined(account, "cloudwatchRoleArn", roleType, ({ props }) => [props.get("arn").text]);
                return [];
            }),
            ...each(stagesOf(stack), (stage) =>
                gather(
                    () => accessLogged(stage),
                    () => {
                        const traced = stage.props.get("xrayTracingEnabled");
                        return traced.require(traced.isTrue, "true");
                    },
                    () => methodsSeen(methodSettingsOf(stage, stack)),
                ),
            ),
        ],
    };
}

/** A refusal or failure of the gateway that calls itself a success is in no error rate, and rings no alarm. */
function failuresShow(document: Value): readonly Finding[] {
    const responses = document.get("x-amazon-apigateway-gateway-responses");
    return responses.fields.flatMap((kind) => {
        const status = responses.get(kind, "statusCode");
        const code = status.text ?? String(status.number ?? "");
        const wanted = ofServer.has(kind) ? /^5\d\d$/ : /^4\d\d$/;
        const required = `nothing, or a status of ${ofServer.has(kind) ? "5xx" : "4xx"}`;
        return status.require(status.isMissing || wanted.test(code), required);
    });
}

/** Source: API Gateway, "Gateway response types". */
const ofServer = new Set([
    "API_CONFIGURATION_ERROR",
    "AUTHORIZER_CONFIGURATION_ERROR",
    "AUTHORIZER_FAILURE",
    "DEFAULT_5XX",
    "INTEGRATION_FAILURE",
    "INTEGRATION_TIMEOUT",
]);

function accessLogged(stage: Resource): readonly Finding[] {
    const logs = stage.props.get("accessLogSettings");
    const { isMissing } = logs;
    if (isMissing) {
        return [logs.finding("a log group and a format")];
    }
    const [group, ...others] = stage.sources("accessLogSettings", logGroupType);
    const destination = logs.get("destinationArn");
    const arn = group?.props.get("arn").text ?? "";
    const isOwn = destination.isUnknown || destination.text === arn || destination.text === `${arn}:*`;
    const format = logs.get("format");
    return [
        ...destination.require(
            group !== undefined && others.length === 0 && isOwn,
            "the arn of exactly one log group of this program",
        ),
        ...format.require(
            format.text?.includes("$context.requestId") === true,
            "a format with $context.requestId",
        ),
    ];
}

function methodsSeen(all: readonly Resource[]): readonly Finding[] {
    const everyMethod = all.filter(({ props }) => props.get("methodPath").text === "*/*");
    return [
        ...(everyMethod.length > 0
            ? []
            : [{ at: "method settings", found: "none for */*", required: "metrics of every method" }]),
        ...all.flatMap(({ name, props }) =>
            methodFindings(props.get("settings")).map((finding) => ({
                ...finding,
                at: `method settings "${name}" ${finding.at}`,
            })),
        ),
    ];
}

function methodFindings(settings: Value): readonly Finding[] {
    const [metrics, level] = [settings.get("metricsEnabled"), settings.get("loggingLevel")];
    return [
        ...metrics.require(metrics.isTrue, "true"),
        ...level.require(level.text === "ERROR" || level.text === "INFO", '"ERROR" or "INFO"'),
        ...settings
            .get("dataTraceEnabled")
            .require(settings.get("dataTraceEnabled").isOff, "false: bodies and tokens are not logged"),
    ];
}
