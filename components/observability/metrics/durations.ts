import type { ObservedMember } from "../observed";
import type { LogMetric } from "./logMetric";
import type { Metric } from "./metric";

const name = "InboundDuration";

/**
 * How long each request to a member took, from its proxy's access log, which leaves health checks out. From the log because percentiles need
 * every value: the collector sends sums, lowest and highest. The member stands in the namespace: its log lines do not name it.
 */
export function inboundDurations(prefix: string, member: ObservedMember): LogMetric {
    return {
        key: `${member.name}-inbound-duration`,
        logGroup: member.logs,
        pattern: `{ ($.listener = "${member.entrance}") && ($.durationMs >= 0) }`,
        namespace: memberNamespace(prefix, member),
        name,
        value: "$.durationMs",
        unit: "Milliseconds",
        dimensions: {},
    };
}

export function inboundDuration(prefix: string, member: ObservedMember): Metric {
    return { namespace: memberNamespace(prefix, member), name, dimensions: {} };
}

function memberNamespace(prefix: string, member: ObservedMember): string {
    return `${prefix}/mesh/${member.name}`;
}
