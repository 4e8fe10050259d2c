import type { Value } from "../value";

/** A request's headers, by lower-case name. */
export type Headers = Readonly<Record<string, string | undefined>>;

const matcherFields = new Set([
    "name",
    "string_match",
    "present_match",
    "invert_match",
    "treat_missing_header_as_empty",
]);

/** Whether every header matcher matches. Source: Envoy, `config.route.v3.HeaderMatcher`. */
export function allMatch(matchers: readonly Value[], headers: Headers): boolean {
    return matchers.every((matcher) => matches(matcher, headers));
}

function matches(matcher: Value, headers: Headers): boolean {
    refuseOthers(matcher, matcherFields);
    const inverted = matcher.get("invert_match").isTrue;
    const value = headers[nameOf(matcher)];
    const present = matcher.get("present_match");
    if (!present.isMissing) {
        return ((value !== undefined) === present.isTrue) !== inverted;
    }
    const seen = value ?? (matcher.get("treat_missing_header_as_empty").isTrue ? "" : undefined);
    // A matcher of a header that is missing fails, also when it is inverted.
    return seen !== undefined && stringMatches(matcher.get("string_match"), seen) !== inverted;
}

/** Ways to compare that can be followed; of regular expressions only "something" and "anything". */
const comparisons: Readonly<Record<string, (value: string, literal: string) => boolean>> = {
    exact: (value, literal) => value === literal,
    prefix: (value, literal) => value.startsWith(literal),
    suffix: (value, literal) => value.endsWith(literal),
    contains: (value, literal) => value.includes(literal),
};

function stringMatches(match: Value, value: string): boolean {
    const [kind, ...others] = match.fields;
    const pattern = match.get("safe_regex", "regex").text;
    if (kind === "safe_regex" && others.length === 0 && (pattern === ".+" || pattern === ".*")) {
        return pattern === ".*" || value !== "";
    }
    const compare = others.length === 0 ? comparisons[kind ?? ""] : undefined;
    const literal = match.get(kind ?? "").text;
    if (compare === undefined || literal === undefined) {
        throw match.unjudgeable("exact, prefix, suffix, contains, or the regular expression .+ or .*");
    }
    return compare(value, literal);
}

/** Values of a header on which its matchers may decide otherwise than on any other value. */
export function distinguished(matcher: Value, header: string): readonly string[] {
    const match = matcher.get("string_match");
    const literals = Object.keys(comparisons).map((kind) => match.get(kind).text ?? "");
    return nameOf(matcher) === header ? literals.filter((literal) => literal !== "") : [];
}

function nameOf(matcher: Value): string {
    return matcher.get("name").text?.toLowerCase() ?? "";
}

function refuseOthers(message: Value, known: ReadonlySet<string>): void {
    const other = message.fields.find((field) => !known.has(field));
    if (other !== undefined) {
        throw message.get(other).unjudgeable("a header matcher that this rule can follow");
    }
}
