import { gather, type Finding } from "../finding";
import type { Value } from "../facts/value";
import { webAclRules } from "../facts/webAcls";
import { each, type Rule } from "../rule";

const webAclType = "aws:wafv2/webAcl:WebAcl";
const credentials = ["authorization", "x-api-key", "cookie"];

/** ADR-003: the firewall in front of the APIs counts, and keeps no credentials. */
export function gatewayWebAcl(): Rule {
    return {
        id: "gateway-web-acl",
        title: "A Web ACL that keeps no credentials",
        description:
            "Every Web ACL and each of its rules has metrics, samples no requests, and hashes or substitutes credentials wherever they are logged.",
        clause: "Layered security approach; Rate limiting metrics",
        severity: "high",
        controls: ["Security Hub WAF.12"],
        remediation: "leave dataProtectionConfig and every visibilityConfig as ApiEdge sets them.",
        settings: {},
        checks: (stack) =>
            each(stack.ofType(webAclType), (webAcl) =>
                gather(
                    () => protects(webAcl.props.get("dataProtectionConfig", "dataProtections")),
                    () => visible(webAcl.props),
                    () => webAclRules(webAcl).flatMap(visible),
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
