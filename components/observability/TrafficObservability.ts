import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { rejectIssues } from "../reject";
import { createAlarmTopic, createSubscriptions } from "./alarmTopic";
import { createAlarms, type AlarmNodes, type UnknownValues } from "./createAlarms";
import { createDashboards, namesOnDashboards } from "./createDashboards";
import { createMetricFilters, createQueries, logGroupsOf } from "./createLogQueries";
import { createTracing, type TracingNodes } from "./createTracing";
import type { TrafficObservabilityArgs } from "./observabilityArgs";
import { observe } from "./observe";
import { resolveObservability } from "./resolveObservability";

export interface TrafficObservabilityNodes extends TracingNodes {
    readonly topic: sns.Topic;
    readonly subscriptions: readonly sns.TopicSubscription[];
    /** By the alarm's name without the stack's prefix: `orders-error-rate`. */
    readonly alarms: AlarmNodes;
    readonly dashboards: Readonly<Record<string, cloudwatch.Dashboard>>;
    readonly metricFilters: Readonly<Record<string, cloudwatch.LogMetricFilter>>;
    readonly queries: Readonly<Record<string, cloudwatch.QueryDefinition>>;
}

/**
 * Sees the traffic of gateway and mesh (ADR-003, "Monitoring and Observability"): dashboards, alarms with a runbook, burn rates of what
 * each API promises, traces, and queries over the logs of both layers. A metric that nobody writes is an issue, before anything is made.
 */
export class TrafficObservability extends pulumi.ComponentResource {
    /** Topic that alarms are published to: subscribe to it. */
    readonly topicArn: pulumi.Output<string>;
    /** Names of the dashboards. */
    readonly dashboards: readonly string[];
    readonly nodes: TrafficObservabilityNodes;

    constructor(name: string, args: TrafficObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:observability:TrafficObservability", name, {}, opts);
        const { emails = [], transform = {} } = args;
        const { placement } = args.edge;
        const resolved = resolveObservability(observe(args), args);
        rejectIssues("TrafficObservability", name, resolved.issues, this);
        const { alarms, dashboards, filters, texts } = resolved;
        const values = unknownValues(args);
        const logGroups = logGroupsOf(args);
        const topic = createAlarmTopic(name, placement, transform, { parent: this });
        const context = { texts, topicArn: topic.arn, values, transform };
        this.nodes = {
            topic,
            subscriptions: createSubscriptions(name, topic, emails, transform, { parent: this }),
            metricFilters: createMetricFilters(name, filters, logGroups, transform, this),
            alarms: createAlarms(name, alarms, context, this),
            dashboards: createDashboards(name, dashboards, values, transform, this),
            queries: createQueries(name, placement.prefix, logGroups, transform, this),
            ...createTracing(name, resolved.tracing, transform, this),
        };
        this.topicArn = topic.arn;
        this.dashboards = dashboards.map((dashboard) => dashboard.name);
        this.registerOutputs({
            topicArn: this.topicArn,
            dashboards: this.dashboards,
            shows: namesOnDashboards(name, dashboards),
            alarms: Object.keys(this.nodes.alarms).map(texts.nameOf),
        });
    }
}

/** What AWS names when it makes it; on a first preview the load balancer and the certificate are not known yet. */
function unknownValues({ edge, ingress }: TrafficObservabilityArgs): UnknownValues {
    const { accountId, partition } = edge.placement;
    const { loadBalancer, targetGroup } = ingress?.nodes ?? {};
    const certificate = edge.nodes.domain.domainName.regionalCertificateArn;
    return {
        accountId,
        partition,
        // Without an ingress nothing names them.
        loadBalancer: loadBalancer?.arnSuffix ?? "",
        targetGroup: targetGroup?.arnSuffix ?? "",
        edgeCertificate: certificate.apply((arn) => arn ?? ""),
    };
}
