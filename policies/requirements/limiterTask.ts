import type { Finding } from "../finding";
import { limitsVariable, type Limiter } from "../facts/limiter";
import type { Value } from "../facts/value";
import { onlyFields } from "./userBuckets";

const loopback = "127.0.0.1";
/** Settings of `envoyproxy/ratelimit` with the value that each must have; others of its settings can count without refusing. */
const needed: Readonly<Record<string, string>> = {
    HOST: loopback,
    GRPC_HOST: loopback,
    DEBUG_HOST: loopback,
    REDIS_TLS: "true",
    RESPONSE_DYNAMIC_METADATA: "true",
};
const harmless = new Set([
    limitsVariable,
    "PORT",
    "GRPC_PORT",
    "DEBUG_PORT",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "USE_STATSD",
    "DISABLE_STATS",
    "RUNTIME_WATCH_ROOT",
    "LOCAL_CACHE_SIZE_IN_BYTES",
    "EXPIRATION_JITTER_MAX_SECONDS",
    "REDIS_SOCKET_TYPE",
    "REDIS_TYPE",
    "REDIS_POOL_SIZE",
    "REDIS_PIPELINE_WINDOW",
    "REDIS_TIMEOUT",
]);
const secret = "REDIS_AUTH";
const knownSecrets = new Set([secret, "REDIS_URL"]);
const identity = new Set(["key", "value", "descriptors"]);
const counted = new Set(["key", "rate_limit"]);

/** The limiter holds the limits that stand in its task, reaches its store over TLS, and is reached through its sidecar alone. */
export function holdsLimits(
    { container, environment, limits }: Limiter,
    domain: Value,
    userRequestsPerMinute: number,
): readonly Finding[] {
    return [
        ...domain.require(
            domain.text !== undefined && limits.get("domain").text === domain.text,
            "the domain of the limiter's limits",
        ),
        ...onlyFields(limits, new Set(["domain", "descriptors"])),
        ...limits
            .get("descriptors")
            .items()
            .flatMap((kind) => limitsOfKind(kind, userRequestsPerMinute)),
        ...environmentHolds(environment, container),
        ...startsWithLimits(container),
    ];
}

/**
 * Two levels, as the ingress asks: the kind of identity by its value, then each identity alike. On a third level, or for one identity
 * apart, the service would count nothing, or something else.
 */
function limitsOfKind(kind: Value, userRequestsPerMinute: number): readonly Finding[] {
    const each = kind.get("descriptors").items();
    return [
        ...onlyFields(kind, identity),
        ...kind.require(each.length === 1, "one limit that holds for each identity"),
        ...each.flatMap((leaf) => {
            const limit = leaf.get("rate_limit");
            const most = limit.get("requests_per_unit");
            return [
                ...onlyFields(leaf, counted),
                ...onlyFields(limit, new Set(["unit", "requests_per_unit"])),
                ...limit.get("unit").require(limit.get("unit").text === "minute", '"minute"'),
                ...most.require(
                    (most.number ?? Infinity) <= userRequestsPerMinute,
                    `at most ${userRequestsPerMinute} a minute`,
                ),
            ];
        }),
    ];
}

function environmentHolds(environment: ReadonlyMap<string, Value>, container: Value): readonly Finding[] {
    const all = container.get("environment");
    const secrets = container.get("secrets").items();
    const names = secrets.map((one) => one.get("name").text ?? "");
    const missing = Object.keys(needed).filter((name) => environment.get(name)?.text !== needed[name]);
    const others = [
        ...[...environment.keys()].filter((name) => !(name in needed) && !harmless.has(name)),
        ...names.filter((name) => !knownSecrets.has(name)),
    ];
    const files = container.get("environmentFiles");
    return [
        ...missing.map((name) =>
            (environment.get(name) ?? all.get(name)).finding(`${name}=${needed[name] ?? ""}`),
        ),
        ...others.map((name) => all.finding("no setting that could loosen the limits", name)),
        ...container.get("secrets").require(names.includes(secret), `${secret}, from a parameter`),
        ...files.require(files.items().length === 0, "nothing: all settings stand here"),
    ];
}

/** The limits that stand in the task are those that the service is started with. A script can still lie: see docs/policies.md. */
function startsWithLimits(container: Value): readonly Finding[] {
    const words = ["entryPoint", "command"].flatMap((field) => container.get(field).items());
    const script = words.map(({ text = "" }) => text).join("\n");
    const uses = script.split(limitsVariable).length - 1;
    const writes = script.includes(`printf '%s' "$${limitsVariable}" > "$RUNTIME_ROOT/config/limits.yaml"`);
    const starts = /^exec \/bin\/ratelimit$/m.test(script);
    return container
        .get("command")
        .require(
            writes && starts && uses === 1,
            `a start of the service with ${limitsVariable}, and no other limits`,
        );
}
