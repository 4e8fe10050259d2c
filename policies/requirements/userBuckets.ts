import type { Finding } from "../finding";
import { secondsOf } from "../facts/envoy/message";
import type { Value } from "../facts/value";

const secondsPerMinute = 60;
/** Durations are written to the millisecond, so the quotient is not exact. */
const rounding = 1e-9;
const knownFields = new Set(["entries", "token_bucket"]);

export interface BucketNumbers {
    readonly userRequestsPerMinute: number;
    readonly burst: number;
    /** Fewest users whose buckets are kept. */
    readonly userBuckets: number;
    /** Most tasks of the ingress: each has buckets of its own. */
    readonly tasks: number;
}

/** Every bucket, on all tasks together, refills no faster than the limit and holds no more than the burst. */
export function limitsBuckets(limit: Value, numbers: BucketNumbers): readonly Finding[] {
    const kept = limit.get("max_dynamic_descriptors");
    return [
        ...kept.require(
            (kept.number ?? 0) >= numbers.userBuckets,
            `at least ${numbers.userBuckets} users' buckets`,
        ),
        ...limit
            .get("descriptors")
            .items()
            .flatMap((descriptor) => [
                ...onlyFields(descriptor, knownFields),
                ...limitsBucket(descriptor.get("token_bucket"), numbers),
            ]),
        ...limit
            .get("rate_limits")
            .items()
            .flatMap((rate) => onlyFields(rate, new Set(["actions"]))),
    ];
}

export function onlyFields(message: Value, known: ReadonlySet<string>): readonly Finding[] {
    return message.fields
        .filter((field) => !known.has(field))
        .map((field) => message.get(field).finding("nothing: a setting that could loosen the limit"));
}

function limitsBucket(bucket: Value, numbers: BucketNumbers): readonly Finding[] {
    const { userRequestsPerMinute, burst, tasks } = numbers;
    const interval = secondsOf(bucket.get("fill_interval"), Number.NaN);
    const perMinute = (bucket.get("tokens_per_fill").numberOr(1) / interval) * secondsPerMinute * tasks;
    const atOnce = (bucket.get("max_tokens").number ?? Number.NaN) * tasks;
    const together = `on ${Number.isNaN(tasks) ? "an unknown number of" : tasks} tasks together`;
    return [
        ...bucket.require(
            perMinute <= userRequestsPerMinute * (1 + rounding),
            `a refill of at most ${userRequestsPerMinute} a minute ${together}`,
        ),
        ...bucket.get("max_tokens").require(atOnce <= burst, `at most ${burst} ${together}`),
    ];
}
