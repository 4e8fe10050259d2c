import { limitDomain } from "../envoy/sharedLimit";
import { descriptorKeys } from "../envoy/rateLimit";
import type { JsonObject } from "../json";

/** Container environment variable with the limits; JSON, which the service reads as the YAML that it wants. */
export const limitsVariable = "LIMITS";

/** Port of the service, on the task's loopback: the sidecar is in front of it. */
export const limiterPort = 8081;
const healthPort = 8080;
const debugPort = 6070;
const loopback = "127.0.0.1";

/** Over-limit users that one task remembers, so that a flood does not reach the store. */
const cacheBytes = 8 * 1_048_576;
/** Counts of a minute that is over are spread out when they are forgotten. */
const forgottenWithinSeconds = 30;

/** What the service counts: each user, and each consumer of requests without one, in minutes that begin with the clock's. */
export function limits(requestsPerMinute: number): JsonObject {
    const { countedBy, user, consumer } = descriptorKeys;
    const eachOf = (key: string): JsonObject => ({
        key: countedBy,
        value: key,
        descriptors: [{ key, rate_limit: { unit: "minute", requests_per_unit: requestsPerMinute } }],
    });
    return { domain: limitDomain, descriptors: [eachOf(user), eachOf(consumer)] };
}

/**
 * Settings of `envoyproxy/ratelimit`. It says with each answer what it counted (`RESPONSE_DYNAMIC_METADATA`): by that an ingress
 * proxy knows that it was asked. Source: README of `envoyproxy/ratelimit`; ElastiCache Serverless is a cluster, with TLS only.
 */
export function limiterEnvironment(requestsPerMinute: number): Readonly<Record<string, string>> {
    return {
        [limitsVariable]: JSON.stringify(limits(requestsPerMinute)),
        HOST: loopback,
        PORT: String(healthPort),
        GRPC_HOST: loopback,
        GRPC_PORT: String(limiterPort),
        DEBUG_HOST: loopback,
        DEBUG_PORT: String(debugPort),
        LOG_LEVEL: "WARN",
        LOG_FORMAT: "json",
        USE_STATSD: "false",
        DISABLE_STATS: "true",
        RUNTIME_WATCH_ROOT: "false",
        RESPONSE_DYNAMIC_METADATA: "true",
        LOCAL_CACHE_SIZE_IN_BYTES: String(cacheBytes),
        EXPIRATION_JITTER_MAX_SECONDS: String(forgottenWithinSeconds),
        REDIS_SOCKET_TYPE: "tcp",
        REDIS_TYPE: "CLUSTER",
        REDIS_TLS: "true",
        REDIS_PIPELINE_WINDOW: "150us",
        REDIS_TIMEOUT: "1s",
    };
}

/** Secrets of the service, from parameters. */
export const storeVariables = { address: "REDIS_URL", credentials: "REDIS_AUTH" } as const;

/**
 * The service takes its limits from a folder, and a task has no file of its own: they are written to the container's shared memory,
 * the one place where a container with a read-only file system may write without a volume.
 */
export const limiterScript = `set -eu
RUNTIME_ROOT="$(mktemp -d /dev/shm/limits-XXXXXX)"
mkdir "$RUNTIME_ROOT/config"
printf '%s' "$${limitsVariable}" > "$RUNTIME_ROOT/config/limits.yaml"
export RUNTIME_ROOT
exec /bin/ratelimit
`;

/** It is well once it has reached the store; later it answers that a count failed, and need not be replaced for that. */
export const limiterHealthCommand: readonly string[] = [
    "CMD",
    "/bin/wget",
    "-q",
    "-O",
    "/dev/null",
    `http://${loopback}:${healthPort}/healthcheck`,
];
