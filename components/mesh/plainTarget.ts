import type * as ecs from "@pulumi/aws/ecs";
import type * as pulumi from "@pulumi/pulumi";
import { applicationContainerName } from "./containers";
import type { TaskRoom } from "./taskRoom";

/** A load balancer's target group that reaches an application around its proxy: the migration's way in, before the ingress. */
export interface PlainTarget {
    /** ARN of a target group by IP address. */
    readonly targetGroupArn: pulumi.Input<string>;
    /** Room for targets of the load balancer. @default as much as the service needs */
    readonly room?: TaskRoom;
}

/** Longer than an application takes to start: until then the load balancer finds it unhealthy, and ECS would end it. */
const graceSeconds = 60;

export function attachmentOf(
    target: PlainTarget | undefined,
    port: number,
): Pick<ecs.ServiceArgs, "loadBalancers" | "healthCheckGracePeriodSeconds"> {
    return target === undefined
        ? {}
        : {
              loadBalancers: [
                  {
                      targetGroupArn: target.targetGroupArn,
                      containerName: applicationContainerName,
                      containerPort: port,
                  },
              ],
              healthCheckGracePeriodSeconds: graceSeconds,
          };
}
