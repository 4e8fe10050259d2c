import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as sns from "@pulumi/aws/sns";
import type * as xray from "@pulumi/aws/xray";
import type { ApiEdge } from "../gateway/ApiEdge";
import type { ExternalApi } from "../gateway/ExternalApi";
import type { MeshedService } from "../mesh/MeshedService";
import type { MeshIngress } from "../mesh/MeshIngress";
import type { ServiceMesh } from "../mesh/ServiceMesh";
import type { Transform } from "../transform";
import type { ObservabilityQuotas } from "./alarms/checkAlarmCount";
import type { AlarmThresholds } from "./alarms/thresholds";
import type { ServiceLevelObjectives } from "./objectives";
import type { TracingArgs } from "./tracing";

export interface TrafficObservabilityArgs {
    readonly edge: ApiEdge;
    /** Every API, with what it promises. @default objectives 99.9 % available, 99 % answered within 1000 ms */
    readonly apis: readonly {
        readonly api: ExternalApi;
        readonly objectives?: ServiceLevelObjectives | undefined;
    }[];
    readonly mesh: ServiceMesh;
    /** Every service of the mesh. */
    readonly services: readonly MeshedService[];
    /** Absent while no task of the mesh has a proxy. */
    readonly ingress?: MeshIngress;
    /** Name of the ECS cluster, which runs Container Insights; without it the alarms on missing tasks have no data. */
    readonly clusterName: string;
    /** Where docs/runbook.md can be read: the beginning of each alarm's link. @default "docs/runbook.md" */
    readonly runbookUrl?: string;
    /** Who is told; each must confirm a mail of AWS's once. @default nobody: subscribe to the topic */
    readonly emails?: readonly string[];
    /** @default see `AlarmThresholds` */
    readonly thresholds?: Partial<AlarmThresholds>;
    /** What X-Ray keeps. */
    readonly tracing?: TracingArgs;
    /** What AWS lets the account have of what grows with services. @default AWS's own defaults */
    readonly quotas?: ObservabilityQuotas;
    readonly transform?: TrafficObservabilityTransform;
}

/** One key for each kind of child, applied to all of the kind. */
export interface TrafficObservabilityTransform {
    readonly topic?: Transform<sns.TopicArgs>;
    readonly subscription?: Transform<sns.TopicSubscriptionArgs>;
    readonly metricFilter?: Transform<cloudwatch.LogMetricFilterArgs>;
    readonly metricAlarm?: Transform<cloudwatch.MetricAlarmArgs>;
    readonly compositeAlarm?: Transform<cloudwatch.CompositeAlarmArgs>;
    readonly dashboard?: Transform<cloudwatch.DashboardArgs>;
    readonly query?: Transform<cloudwatch.QueryDefinitionArgs>;
    readonly traceGroup?: Transform<xray.GroupArgs>;
    readonly samplingRule?: Transform<xray.SamplingRuleArgs>;
}
