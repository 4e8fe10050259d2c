import type { Finding } from "../finding";
import type { CallGraph } from "../facts/callGraph";
import { typeOf } from "../facts/envoy/message";
import type { Value } from "../facts/value";

const healthCheck = "envoy.extensions.filters.http.health_check.v3.HealthCheck";

/**
 * A caller that may send some requests only gets exactly those, whichever of the filter's policies names it; apart from
 * these it may ask for the health check's path.
 */
export function narrowsAsDeclared(
    manager: Value,
    service: string,
    callers: readonly string[],
    graph: CallGraph,
): readonly Finding[] {
    const [filter, ...later] = manager.get("http_filters").items();
    const policies = (filter ?? manager).get("typed_config", "rules", "policies");
    const healthPaths = later
        .filter((candidate) => typeOf(candidate.get("typed_config")) === healthCheck)
        .flatMap((candidate) => candidate.get("typed_config", "headers").items())
        .map((header) => `only ${header.get("string_match", "exact").text?.split("?")[0] ?? ""}`);
    return callers.flatMap((caller) => {
        const declared = graph.narrowingOf(service, caller).map(declaredRequest);
        if (declared.length === 0) {
            return [];
        }
        const identity = `spiffe://${graph.trustDomain}/${caller}`;
        const permissions = policies.fields
            .map((name) => policies.get(name))
            .filter((policy) =>
                policy
                    .get("principals")
                    .items()
                    .some((principal) => names(principal, identity)),
            )
            .flatMap((policy) => policy.get("permissions").items());
        const allowed = permissions.map(allowedRequest);
        const others = allowed.filter((request) => !healthPaths.includes(request ?? ""));
        const isExact =
            others.every((request) => request !== undefined && declared.includes(request)) &&
            declared.every((request) => others.includes(request));
        return policies.require(
            isExact,
            `for ${caller} exactly ${declared.join("; ")}`,
            allowed.map((request) => request ?? "requests that cannot be told").join("; ") || "nothing",
        );
    });
}

function names(principal: Value, identity: string): boolean {
    return principal.get("authenticated", "principal_name", "exact").text === identity;
}

/** `GET|HEAD /charges`, as the mesh registered it. */
function declaredRequest(request: Value): string {
    const methods = request
        .get("methods")
        .items()
        .map(({ text }) => text ?? "?");
    return described(methods.join("|"), request.get("path").text);
}

/** The same of a permission, or nothing where it could allow something else. */
function allowedRequest(permission: Value): string | undefined {
    if (permission.fields.length !== 1) {
        return undefined;
    }
    const exact = permission.get("url_path", "path");
    if (!exact.isMissing) {
        const path = exact.fields.length === 1 ? exact.get("exact").text : undefined;
        return path === undefined ? undefined : `only ${path}`;
    }
    const rules = permission.get("and_rules", "rules").items();
    const methods = rules.map(methodsOf).filter((found) => found !== undefined);
    const paths = rules.map(pathOf).filter((found) => found !== undefined);
    const isUnderstood =
        rules.length > 0 &&
        methods.length + paths.length === rules.length &&
        methods.length < 2 &&
        paths.length < 2;
    return isUnderstood ? described(methods[0] ?? "", paths[0]) : undefined;
}

function methodsOf(rule: Value): string | undefined {
    const header = rule.get("header");
    const isPlain =
        rule.fields.length === 1 &&
        header.fields.every((field) => field === "name" || field === "string_match") &&
        header.get("string_match").fields.length === 1;
    const regex = header.get("string_match", "safe_regex", "regex").text;
    return isPlain && header.get("name").text === ":method" && /^[A-Z|]+$/.test(regex ?? "")
        ? regex
        : undefined;
}

/** A path and what is below it: its expression escapes whatever means something in one. */
function pathOf(rule: Value): string | undefined {
    const match = rule.get("url_path", "path");
    const regex = match.get("safe_regex", "regex").text ?? "";
    const literal = /^((?:[^.*+?^${}()|[\]\\]|\\[.*+?^${}()|[\]\\])+)\(\/\.\*\)\?$/.exec(regex)?.[1];
    return rule.fields.length === 1 && match.fields.length === 1
        ? literal?.replaceAll(/\\(.)/g, "$1")
        : undefined;
}

function described(methods: string, path: string | undefined): string {
    return `${methods === "" ? "any method" : methods} ${path ?? "any path"}`;
}
