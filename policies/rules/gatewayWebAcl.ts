import { gather, type Finding } from "../finding";
import { joined } from "../facts/join";
import type { Resource, Stack } from "../facts/stack";
import type { Value } from "../facts/value";
import { webAclRules } from "../facts/webAcls";
import { refusesUncheckedBodies } from "../requirements/bodyForms";
import { each, type Rule } from "../rule";

const webAclType = "aws:wafv2/webAcl:WebAcl";
const loggingType = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
const logGroupType = "aws:cloudwatch/logGroup:LogGroup";
const credentials = ["authorization", "x-api-key", "cookie"];

/** ADR-003: the firewall in front of the APIs counts, and keeps no credentials. */
export function gatewayWebAcl(): Rule {
    return {
        id: "gateway-web-acl",
        title: "A Web ACL that keeps no credentials and lets no body pass unchecked",
        description:
            "Every Web ACL logs what it refuses, has metrics, samples no requests, hashes or substitutes credentials wherever they are logged, and blocks every body that the gateway would not check.",
        clause: "Layered security approach; Rate limiting metrics; Request Validation",
        severity: "high",
        controls: ["Security Hub WAF.11", "Security Hub WAF.12"],
        remediation:
            "leave the rule body-form, dataProtectionConfig, the logging and every visibilityConfig as ApiEdge sets them.",
        settings: {},
        checks: (stack) =>
            each(stack.ofType(webAclType), (webAcl) =>
                gather(
                    () => protects(webAcl.props.get("dataProtectionConfig", "dataProtections")),
                    () => visible(webAcl.props),
                    () => webAclRules(webAcl).flatMap(visible),
                    () => logsRefusals(webAcl, stack),
                    () => refusesUncheckedBodies(webAcl),
                ),
            ),
    };
}

function visible(owner: Value): readonly Finding[] {
    const shown = owner.get("visibilityConfig");
    const [metrics, samples] = [shown.get("cloudwatchMetricsEnabled"), shown.get("sampledRequestsEnabled")];
    return [
        ...metrics.require(metrics.isTrue, "true"),
        ...samples.require(samples.plain === false, "false: samples show tokens"),
    ];
}

/** The keys of rate rules are details that must not be left out. Source: AWS WAF, "Data protection". */
function protects(protections: Value): readonly Finding[] {
    const whole = protections.items().filter((one) => {
        const excluded = ["excludeRateBasedDetails", "excludeRuleMatchDetails"].map((name) => one.get(name));
        const action = one.get("action").text ?? "";
        return ["HASH", "SUBSTITUTION"].includes(action) && excluded.every(({ isOff }) => isOff);
    });
    const headers = whole
        .filter((one) => one.get("field", "fieldType").text === "SINGLE_HEADER")
        .flatMap((one) => one.get("field", "fieldKeys").items())
        .map(({ text }) => text?.toLowerCase());
    return credentials
        .filter((name) => !headers.includes(name))
        .map((name) => protections.finding(`the header ${name} hashed, with no details excluded`));
}

/** What was refused is kept, in one log group of the program. Source: AWS WAF, "Logging web ACL traffic", filters. */
function logsRefusals(webAcl: Resource, stack: Stack): readonly Finding[] {
    const logging = stack
        .ofType(loggingType)
        .filter((one) => one.sources("resourceArn", webAclType).some(({ urn }) => urn === webAcl.urn));
    const [only, ...others] = logging;
    if (only === undefined || others.length > 0) {
        const found = `${logging.length} logging configurations`;
        return [{ at: "logging", found, required: "exactly one whose resourceArn is the Web ACL's" }];
    }
    joined(only, "resourceArn", webAclType, ({ props }) => [props.get("arn").text]);
    const destinations = only.props.get("logDestinationConfigs");
    const groups = only.sources("logDestinationConfigs", logGroupType);
    const arns = groups.map(({ props }) => props.get("arn").text);
    const isOwn = destinations.items().every((one) => one.isUnknown || arns.includes(one.text));
    return [
        ...destinations.require(
            groups.length === 1 && destinations.items().length === 1 && isOwn,
            "the arn of exactly one log group of this program",
        ),
        ...keepsRefusals(only.props.get("loggingFilter")),
    ];
}

function keepsRefusals(filter: Value): readonly Finding[] {
    const filters = filter.get("filters").items();
    const keepsBlocked = filters.some(
        (one) =>
            one.get("behavior").text === "KEEP" &&
            one.get("requirement").text === "MEETS_ANY" &&
            one
                .get("conditions")
                .items()
                .some((condition) => condition.get("actionCondition", "action").text === "BLOCK"),
    );
    const drops = filters.some((one) => one.get("behavior").text !== "KEEP");
    const holds = filter.isMissing || (keepsBlocked && !drops);
    return filter.require(holds, "nothing, or filters that keep every BLOCK and drop nothing");
}
