/* Replacements: ForceNew in hashicorp/terraform-provider-aws, internal/service/wafv2/*.go. */
import { asText, isList, isProps } from "../../rpc/values";
import type { Props, Value } from "../../rpc/values";
import type { Problem, Table } from "../../table/emulation";
import type { Reading } from "../../table/reading";
import { all, atMost, matches, oneOf } from "../../table/limits";

/** A rate rule's least limit and its windows (docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html). */
const LEAST_LIMIT = 10;
const WINDOWS_SECONDS = [60, 120, 300, 600];

const SCOPE = oneOf("scope", ["REGIONAL", "CLOUDFRONT"]);

export const waf: Table = {
    "aws:wafv2/webAcl:WebAcl": {
        id: (r) => r.uuid(),
        outputs: {
            applicationIntegrationUrl: () => "",
            arn: (r) => wafArn(r, "webacl"),
            // AWS's own sum of what the rules cost is not computed: at most 1,500 without asking.
            capacity: (r) => r.list("rules").length * 50,
            lockToken: (r) => r.kept("lockToken", () => r.uuid("lock")),
        },
        changesWith: { capacity: ["rules"] },
        autoname: { property: "name", maxLength: 128 },
        replaces: ["name", "namePrefix", "scope"],
        check: all(SCOPE, ruleProblems),
    },
    "aws:wafv2/webAclAssociation:WebAclAssociation": {
        id: (r) => `${r.text("webAclArn")},${r.text("resourceArn")}`,
        outputs: {},
        replaces: ["resourceArn", "webAclArn"],
        check: matches("resourceArn", /^arn:/, "an ARN (of an API's stage, not of the API)"),
    },
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
        id: (r) => r.text("resourceArn"),
        outputs: {},
        replaces: ["logDestinationConfigs", "resourceArn"],
        check: all(atMost("logDestinationConfigs", 1), logDestinationProblems),
    },
    "aws:wafv2/ipSet:IpSet": {
        id: (r) => r.uuid(),
        outputs: {
            arn: (r) => wafArn(r, "ipset"),
            lockToken: (r) => r.kept("lockToken", () => r.uuid("lock")),
        },
        autoname: { property: "name", maxLength: 128 },
        replaces: ["ipAddressVersion", "name", "namePrefix", "scope"],
        check: all(SCOPE, oneOf("ipAddressVersion", ["IPV4", "IPV6"])),
    },
};

function wafArn(reading: Reading, type: string): string {
    const scope = reading.text("scope") === "CLOUDFRONT" ? "global" : "regional";
    return reading.arn("wafv2", `${scope}/${type}/${reading.text("name")}/${reading.id}`);
}

function ruleProblems({ rules }: Props): readonly Problem[] {
    const list = isList(rules) ? rules.filter(isProps) : [];
    const priorities = list.map(({ priority }) => priority);
    const names = list.map(({ name }) => name);
    return [
        ...repeated(priorities).map((priority) => problem(`two rules have priority ${asText(priority)}`)),
        ...repeated(names).map((name) => problem(`two rules are named "${asText(name)}"`)),
        ...list.flatMap(({ name, statement }) => rateProblems(asText(name), statement)),
    ];
}

function rateProblems(rule: string, statement: Value | undefined): readonly Problem[] {
    const rate = isProps(statement) ? statement.rateBasedStatement : undefined;
    if (!isProps(rate)) {
        return [];
    }
    const { limit, evaluationWindowSec: window } = rate;
    return [
        ...(typeof limit === "number" && limit < LEAST_LIMIT
            ? [problem(`rule "${rule}" limits to ${limit}; WAF takes at least ${LEAST_LIMIT}`)]
            : []),
        ...(typeof window === "number" && !WINDOWS_SECONDS.includes(window)
            ? [problem(`rule "${rule}" has a window of ${window} s; WAF takes ${WINDOWS_SECONDS.join(", ")}`)]
            : []),
    ];
}

/** WAF writes only to log groups, buckets and streams whose names begin so. */
function logDestinationProblems({ logDestinationConfigs }: Props): readonly Problem[] {
    const property = "logDestinationConfigs";
    const destinations = isList(logDestinationConfigs) ? logDestinationConfigs : [];
    const wrong = destinations.filter(
        (arn) =>
            typeof arn === "string" &&
            arn.includes(":log-group:") &&
            !arn.includes(":log-group:aws-waf-logs-"),
    );
    return wrong.map(() => ({
        property,
        reason: `a log group of a Web ACL needs a name that begins with "aws-waf-logs-"`,
    }));
}

function repeated(values: readonly (Value | undefined)[]): readonly Value[] {
    return values.filter(
        (value, index): value is Value =>
            typeof value !== "object" && value !== undefined && values.indexOf(value) !== index,
    );
}

function problem(reason: string): Problem {
    return { property: "rules", reason };
}
