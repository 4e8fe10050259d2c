import type { Value } from "./value";

/** A request, as far as a statement of a Web ACL may look at it. */
export interface Probe {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}

type Answer = boolean | undefined;

/**
 * Whether a statement matches a request: yes, no, or not to be told here, where it looks at what a probe does not have (labels, rates, rule
 * groups…) or changes it first. A negation of what cannot be told cannot be told either. Source: AWS WAF, "Rule statements".
 */
export function matches(statement: Value, probe: Probe): Answer {
    const [kind, ...others] = statement.fields;
    const inner = statement.get(kind ?? "");
    switch (others.length === 0 ? (kind ?? "") : "") {
        case "andStatement":
            return every(inner.get("statements"), probe);
        case "orStatement":
            return not(every(inner.get("statements"), probe, true));
        case "notStatement":
            return not(matches(inner.get("statement"), probe));
        case "sizeConstraintStatement":
            return isOfSize(inner, probe);
        case "byteMatchStatement":
            return hasText(inner, probe);
        default:
            return undefined;
    }
}

function not(answer: Answer): Answer {
    return answer === undefined ? undefined : !answer;
}

function every(statements: Value, probe: Probe, negated = false): Answer {
    const answers = statements
        .items()
        .map((one) => (negated ? not(matches(one, probe)) : matches(one, probe)));
    return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** What a statement looks at; without the field there is nothing that it could match. */
function seen(statement: Value, { body, headers }: Probe): string | null | undefined {
    const field = statement.get("fieldToMatch");
    const changes = statement.get("textTransformations").items();
    const [kind, ...others] = field.fields;
    if (others.length > 0 || changes.some((change) => change.get("type").text !== "NONE")) {
        return undefined;
    }
    const name = field.get("singleHeader", "name").text?.toLowerCase();
    return kind === "body" ? body : name === undefined ? undefined : (headers[name] ?? null);
}

function isOfSize(statement: Value, probe: Probe): Answer {
    const [text, size] = [seen(statement, probe), statement.get("size").number];
    const compare = comparisons[statement.get("comparisonOperator").text ?? ""];
    if (text === undefined || size === undefined || compare === undefined) {
        return undefined;
    }
    return text !== null && compare(Buffer.byteLength(text), size);
}

const comparisons: Readonly<Record<string, (length: number, size: number) => boolean>> = {
    EQ: (length, size) => length === size,
    NE: (length, size) => length !== size,
    LE: (length, size) => length <= size,
    LT: (length, size) => length < size,
    GE: (length, size) => length >= size,
    GT: (length, size) => length > size,
};

function hasText(statement: Value, probe: Probe): Answer {
    const [text, searched] = [seen(statement, probe), statement.get("searchString").text];
    const compare = positions[statement.get("positionalConstraint").text ?? ""];
    if (text === undefined || searched === undefined || compare === undefined) {
        return undefined;
    }
    return text !== null && compare(text, searched);
}

/** Without CONTAINS_WORD, whose words are WAF's own matter. */
const positions: Readonly<Record<string, (text: string, searched: string) => boolean>> = {
    EXACTLY: (text, searched) => text === searched,
    STARTS_WITH: (text, searched) => text.startsWith(searched),
    ENDS_WITH: (text, searched) => text.endsWith(searched),
    CONTAINS: (text, searched) => text.includes(searched),
};
