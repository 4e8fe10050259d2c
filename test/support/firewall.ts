import { isObject, textAt, type JsonObject } from "../../components/gateway/openapi/json";

/** A request as AWS WAF sees it; header names in lower case. */
export interface FirewallRequest {
    readonly headers?: Readonly<Record<string, string>>;
    readonly bodyBytes?: number;
    /** How many requests of the same credential, and of the same address, came within the window. */
    readonly perCredential?: number;
    readonly perAddress?: number;
}

export interface FirewallAnswer {
    /** Name of the rule that refused; absent where the request passes. */
    readonly refusedBy?: string;
    readonly status?: number;
    readonly headers: Readonly<Record<string, string>>;
    /** Problem details that WAF answers with. */
    readonly body?: unknown;
    /** The request's headers as the API gets them. */
    readonly passedOn: Readonly<Record<string, string>>;
}

type Evaluate = (details: JsonObject, request: FirewallRequest, labels: ReadonlySet<string>) => boolean;

/**
 * The part of AWS WAF that the Web ACL uses, as its developer guide describes it: rules by priority, counting ones add labels and headers
 * and go on, a blocking one ends. Managed groups match nothing. Not proven here: that AWS does what its guide says.
 */
export function firewallAnswer(acl: JsonObject, request: FirewallRequest): FirewallAnswer {
    const labels = new Set<string>();
    const passedOn = { ...request.headers };
    const rules = (acl.rules as readonly JsonObject[]).toSorted(
        (a, b) => Number(a.priority) - Number(b.priority),
    );
    for (const rule of rules) {
        const action = (rule.action ?? {}) as JsonObject;
        if (!matches(rule.statement as JsonObject, request, labels)) {
            continue;
        }
        if (isObject(action.block)) {
            return { ...refusal(acl, action.block), refusedBy: textAt(rule, "name") ?? "", passedOn };
        }
        listOf(rule, "ruleLabels").forEach((label) => labels.add(textAt(label, "name") ?? ""));
        const inserted = headersOf(member(action, "count", "customRequestHandling"), "insertHeaders");
        inserted.forEach(([name, value]) => (passedOn[`x-amzn-waf-${name}`] = value));
    }
    return { headers: {}, passedOn };
}

function refusal(acl: JsonObject, block: JsonObject): Pick<FirewallAnswer, "status" | "headers" | "body"> {
    const custom = member(block, "customResponse");
    const text = listOf(acl, "customResponseBodies").find(({ key }) => key === custom.customResponseBodyKey);
    return {
        status: Number(custom.responseCode ?? 403),
        headers: Object.fromEntries(headersOf(custom, "responseHeaders")),
        ...(text === undefined ? {} : { body: JSON.parse(textAt(text, "content") ?? "") as unknown }),
    };
}

const statements: Readonly<Record<string, Evaluate>> = {
    managedRuleGroupStatement: () => false,
    rateBasedStatement: ({ aggregateKeyType, customKeys, limit }, request) => {
        const [key] = (customKeys ?? []) as readonly JsonObject[];
        const header = textAt(member(key ?? {}, "header"), "name") ?? "";
        const count =
            aggregateKeyType === "IP"
                ? request.perAddress
                : request.headers?.[header] !== undefined
                  ? request.perCredential
                  : 0;
        return (count ?? 0) > Number(limit);
    },
    labelMatchStatement: (details, _request, labels) => labels.has(textAt(details, "key") ?? ""),
    byteMatchStatement: (details, { headers }) => {
        const sought = textAt(details, "searchString") ?? "";
        const value = headers?.[headerOf(details.fieldToMatch)];
        return details.positionalConstraint === "STARTS_WITH"
            ? value?.startsWith(sought) === true
            : value === sought;
    },
    sizeConstraintStatement: ({ fieldToMatch, size }, { bodyBytes = 0, headers }) => {
        const inBody = isObject(fieldToMatch) && "body" in fieldToMatch;
        return (inBody ? bodyBytes : (headers?.[headerOf(fieldToMatch)] ?? "").length) > Number(size);
    },
    notStatement: ({ statement }, request, labels) => !matches(statement as JsonObject, request, labels),
    andStatement: ({ statements: all }, request, labels) =>
        (all as readonly JsonObject[]).every((each) => matches(each, request, labels)),
    orStatement: ({ statements: all }, request, labels) =>
        (all as readonly JsonObject[]).some((each) => matches(each, request, labels)),
};

function matches(statement: JsonObject, request: FirewallRequest, labels: ReadonlySet<string>): boolean {
    const [[kind, details] = ["", {}], ...others] = Object.entries(statement);
    const evaluate = statements[kind];
    if (evaluate === undefined || others.length > 0) {
        throw new Error(`a statement that is not understood: ${JSON.stringify(statement)}`);
    }
    return evaluate(details as JsonObject, request, labels);
}

function headerOf(fieldToMatch: unknown): string {
    return textAt(member((fieldToMatch ?? {}) as JsonObject, "singleHeader"), "name") ?? "";
}

function member(value: JsonObject, ...path: readonly string[]): JsonObject {
    return path.reduce<JsonObject>((node, key) => (isObject(node[key]) ? node[key] : {}), value);
}

function headersOf(value: JsonObject, key: string): readonly (readonly [string, string])[] {
    return listOf(value, key).map(
        (header) => [textAt(header, "name") ?? "", textAt(header, "value") ?? ""] as const,
    );
}

function listOf(value: JsonObject, key: string): readonly JsonObject[] {
    return (value[key] ?? []) as readonly JsonObject[];
}
