import { identifiedUser } from "./headers";
import type { Json, JsonObject } from "../json";
import { always, seconds, typed } from "./message";
import type { UserRateLimit } from "./spec";

/** Headers that carry an identity with a bucket of its own, as the gateway verified it. */
const rateLimitedBy = { user: "x-user-id", consumer: "x-consumer-id" } as const;

/** Keys of the descriptors, which the shared limiter's configuration names too. */
export const descriptorKeys = { countedBy: "counted-by", user: "user", consumer: "consumer" } as const;
const { countedBy, user, consumer } = descriptorKeys;
const secondsPerMinute = 60;

/**
 * A token bucket for each user: refilled one token at a time, evenly, so that a steady user at the limit is never refused
 * and no 60 seconds let more through than the minute's requests plus one burst. Each ingress task holds its share.
 * Source: Envoy, "Local rate limit", dynamic descriptors (an entry without a value makes a bucket for each value).
 */
export function userRateLimitFilter(limit: UserRateLimit): JsonObject {
    const refillSeconds = (secondsPerMinute / limit.requestsPerMinute) * limit.tasks;
    const bucket = {
        max_tokens: Math.max(1, Math.floor(limit.burst / limit.tasks)),
        tokens_per_fill: 1,
        fill_interval: seconds(refillSeconds),
    };
    return {
        name: "envoy.filters.http.local_ratelimit",
        typed_config: typed("envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit", {
            stat_prefix: "per_user",
            filter_enabled: always,
            filter_enforced: always,
            token_bucket: bucket,
            always_consume_default_token_bucket: false,
            max_dynamic_descriptors: limit.users,
            descriptors: [
                { entries: [{ key: countedBy, value: user }, { key: user }], token_bucket: bucket },
                { entries: [{ key: countedBy, value: consumer }, { key: consumer }], token_bucket: bucket },
            ],
            rate_limits: perIdentity,
            response_headers_to_add: [
                {
                    // The time after which an empty bucket holds a token again, in whole seconds.
                    header: { key: "retry-after", value: String(Math.ceil(refillSeconds)) },
                    append_action: "OVERWRITE_IF_EXISTS_OR_ADD",
                },
            ],
        }),
    };
}

/** A descriptor for each user, and for each consumer of requests without a user. */
export const perIdentity: Json = [
    { actions: [withUser(true), fromHeader(user, rateLimitedBy.user)] },
    { actions: [withUser(false), fromHeader(consumer, rateLimitedBy.consumer)] },
];

/** A consumer's key is shared by its users, so it only counts where no user is known. */
function withUser(known: boolean): JsonObject {
    return {
        header_value_match: {
            descriptor_key: countedBy,
            descriptor_value: known ? user : consumer,
            expect_match: known,
            headers: identifiedUser,
        },
    };
}

function fromHeader(key: string, header: string): JsonObject {
    return { request_headers: { header_name: header, descriptor_key: key } };
}
