import * as appautoscaling from "@pulumi/aws/appautoscaling";
import type * as ecs from "@pulumi/aws/ecs";
import type { types } from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Scaling } from "../model/scaling";
import { requestsMetric } from "./telemetry/metrics";

export interface ServiceScalingArgs {
    /** Name of the service in the mesh, by which its metrics are found. */
    readonly member: string;
    readonly clusterArn: pulumi.Input<string>;
    readonly service: ecs.Service;
    readonly scaling: Scaling;
    /** Namespace of the mesh's metrics; without telemetry there are none, and the service follows its CPU alone. */
    readonly metricsNamespace: string | undefined;
}

const scaleOutSeconds = 60;
/** Longer than a deployment's drain, so that a short lull ends no tasks. */
const scaleInSeconds = 300;

/**
 * Follows two loads at once, and the larger wins: CPU, and requests per task as the sidecars count them. There is no load balancer
 * between services that could count them. See docs/decisions/0028-scaling.md.
 */
export function createScaling(
    name: string,
    args: ServiceScalingArgs,
    opts: pulumi.CustomResourceOptions,
): appautoscaling.Target {
    const { scaling, service } = args;
    const cluster = pulumi.output(args.clusterArn).apply((arn) => arn.split("/").at(-1) ?? arn);
    const target = new appautoscaling.Target(
        `${name}-scaling`,
        {
            serviceNamespace: "ecs",
            scalableDimension: "ecs:service:DesiredCount",
            resourceId: pulumi.interpolate`service/${cluster}/${service.name}`,
            minCapacity: scaling.minimum,
            maxCapacity: scaling.maximum,
        },
        opts,
    );
    follow(`${name}-scaling-cpu`, target, opts, {
        targetValue: scaling.cpuPercent,
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
    });
    if (args.metricsNamespace !== undefined) {
        follow(`${name}-scaling-requests`, target, opts, {
            targetValue: scaling.requestsPerMinute,
            customizedMetricSpecification: {
                namespace: args.metricsNamespace,
                metricName: requestsMetric,
                // Each task reports once a minute, so that the average is what one task carries.
                statistic: "Average",
                dimensions: [{ name: "service", value: args.member }],
            },
        });
    }
    return target;
}

type Follows = types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfiguration;

function follow(
    name: string,
    target: appautoscaling.Target,
    opts: pulumi.CustomResourceOptions,
    configuration: Follows,
): void {
    new appautoscaling.Policy(
        name,
        {
            policyType: "TargetTrackingScaling",
            serviceNamespace: target.serviceNamespace,
            scalableDimension: target.scalableDimension,
            resourceId: target.resourceId,
            targetTrackingScalingPolicyConfiguration: {
                ...configuration,
                scaleOutCooldown: scaleOutSeconds,
                scaleInCooldown: scaleInSeconds,
            },
        },
        opts,
    );
}
