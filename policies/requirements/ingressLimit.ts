import { gather, gatherOver, type Finding } from "../finding";
import { facingNetwork } from "../facts/envoy/bootstrap";
import { mostTasks } from "../facts/ingressTasks";
import { ecsServices, isBehindLoadBalancer, sidecarOf } from "../facts/sidecar";
import type { Resource, Stack } from "../facts/stack";
import { hasNoOverrides } from "./runtime";
import type { BucketNumbers } from "./userBuckets";
import { limitsUsers } from "./userLimit";

/** Services that take traffic from outside; one whose load balancers are unknown may be one, and judging it says so. */
export function ingressesOf(stack: Stack): readonly Resource[] {
    return ecsServices(stack).filter(
        (service) => service.props.get("loadBalancers").isUnknown || isBehindLoadBalancer(service),
    );
}

/** What holds each verified user, whatever key or credential the request came with. */
export function limitedAtIngress(
    service: Resource,
    stack: Stack,
    numbers: Omit<BucketNumbers, "tasks">,
): readonly Finding[] {
    const { bootstrap } = sidecarOf(service);
    const buckets = { ...numbers, tasks: mostTasks(service, stack) };
    return gather(
        () => hasNoOverrides(bootstrap),
        () =>
            gatherOver(facingNetwork(bootstrap), (listener) =>
                limitsUsers(listener, buckets, { bootstrap, stack }),
            ),
    );
}
