import { userLimiterName } from "../../model/mesh";
import { memberMetric } from "../metrics/mesh";
import type { Observed, ObservedMember, ObservedMesh } from "../observed";
import { chunked } from "./chunks";
import { joined, type AlarmDefinitions, type MetricAlarmDefinition } from "./definition";
import { lowest, total } from "./expressions";
import { memberAlarms, unproxiedAlarms } from "./member";
import type { AlarmThresholds } from "./thresholds";

type Telemetry = NonNullable<ObservedMesh["telemetry"]>;

/** The mesh's alarms: each member's, and those over all members, which need its telemetry. */
export function meshAlarms(observed: Observed, thresholds: AlarmThresholds): AlarmDefinitions {
    const { members, telemetry, unproxied } = observed.mesh;
    const shared =
        telemetry === undefined
            ? []
            : [
                  ...unanswered(members, telemetry),
                  ...chunked(members, "mesh-tls-failures").map(({ items, key }) =>
                      tlsFailures(key, items, telemetry),
                  ),
                  ...chunked(members, "mesh-certificates").map(({ items, key }) =>
                      certificates(key, items, telemetry, thresholds),
                  ),
                  ...chunked(members, "mesh-silent").map(({ items, key }) => silence(key, items, telemetry)),
              ];
    return joined(
        ...members.map((member) => memberAlarms(member, observed, thresholds)),
        ...unproxied.map((name) => unproxiedAlarms(name, observed)),
        { metricAlarms: shared, compositeAlarms: [] },
    );
}

/** Without its answers each ingress task holds a share of every user's limit, or refuses, as the stack says. */
function unanswered(
    members: readonly ObservedMember[],
    telemetry: Telemetry,
): readonly MetricAlarmDefinition[] {
    return members
        .filter(({ calls }) => calls.includes(userLimiterName))
        .map(({ name }) => ({
            key: `${userLimiterName}-silent`,
            runbook: "limiter-silent",
            summary: `The shared limiter left 10 or more questions of the ingress without an answer, in 2 of 5 minutes.`,
            notifies: true,
            ...total([memberMetric("limiterFailures", name, telemetry)]),
            comparison: "GreaterThanOrEqualToThreshold",
            threshold: 10,
            periodSeconds: 60,
            periods: 5,
            breaching: 2,
            missing: "notBreaching",
        }));
}

/** Callers without a certificate that is trusted, or whose own view of this member's is the same. */
function tlsFailures(
    key: string,
    members: readonly ObservedMember[],
    telemetry: Telemetry,
): MetricAlarmDefinition {
    return {
        key,
        runbook: "tls-failures",
        summary: "Members of the mesh refuse TLS handshakes, or are refused, in 3 of 5 minutes.",
        notifies: true,
        ...total(members.map(({ name }) => memberMetric("tlsFailures", name, telemetry))),
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        periodSeconds: 60,
        periods: 5,
        breaching: 3,
        missing: "notBreaching",
    };
}

function certificates(
    key: string,
    members: readonly ObservedMember[],
    telemetry: Telemetry,
    { certificateDays }: AlarmThresholds,
): MetricAlarmDefinition {
    return {
        key,
        runbook: "certificate-expiry",
        summary: `A certificate that a member of the mesh runs with, or trusts, ends within ${certificateDays} days.`,
        notifies: true,
        ...lowest(
            members.map(({ name }) => memberMetric("certificateDaysLeft", name, telemetry)),
            "Minimum",
        ),
        comparison: "LessThanOrEqualToThreshold",
        threshold: certificateDays,
        periodSeconds: 3600,
        periods: 1,
        breaching: 1,
        missing: "ignore",
    };
}

/** Every proxy tells how long its certificate lasts, always: who does not is not heard. A member counts as 1 where it has a value. */
function silence(
    key: string,
    members: readonly ObservedMember[],
    telemetry: Telemetry,
): MetricAlarmDefinition {
    const metrics = members.map(({ name }, index) => ({
        id: `m${index}`,
        metric: memberMetric("certificateDaysLeft", name, telemetry),
        statistic: "SampleCount",
    }));
    return {
        key,
        runbook: "no-data",
        summary: `Fewer than ${members.length} members of the mesh have sent any number, for 15 minutes.`,
        notifies: true,
        metrics,
        expression: `SUM([${metrics.map(({ id }) => `${id} / ${id}`).join(", ")}])`,
        comparison: "LessThanThreshold",
        threshold: members.length,
        periodSeconds: 300,
        periods: 3,
        breaching: 3,
        missing: "breaching",
    };
}
