import { idsOf } from "../facts/gateway/apis";
import { joined } from "../facts/join";
import type { Phase } from "../facts/phase";
import { securityGroupType, type Opening } from "../facts/securityGroups";
import { ecsServices, sidecarContainer } from "../facts/sidecar";
import type { Stack } from "../facts/stack";
import { containersOf, taskDefinitionOf } from "../facts/taskDefinitions";

const loadBalancerTypes = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];

/**
 * Whether an opening is one that the migration needs: an application's own port, to a load balancer of this program, or to its
 * services while they call each other in plain text. A rule of its own says so, which names exactly one group.
 */
export function isMigrating({ subject, from, message }: Opening, stack: Stack, phase: Phase): boolean {
    const isOpen = phase.plainEntrance && applicationPorts(stack).has(from.number);
    if (!isOpen || message.get("referencedSecurityGroupId").isMissing) {
        return false;
    }
    const caller = joined(subject, "referencedSecurityGroupId", securityGroupType, idsOf);
    return allowedCallers(stack, phase).has(caller.urn);
}

function applicationPorts(stack: Stack): ReadonlySet<number | undefined> {
    const applications = ecsServices(stack)
        .flatMap((service) => containersOf(taskDefinitionOf(service)))
        .filter((container) => container.get("name").text !== sidecarContainer);
    const mappings = applications.flatMap((container) => container.get("portMappings").items());
    return new Set(mappings.map((mapping) => mapping.get("containerPort").number));
}

function allowedCallers(stack: Stack, { plainCalls }: Phase): ReadonlySet<string> {
    const loadBalancers = stack
        .ofType(...loadBalancerTypes)
        .flatMap((each) => each.sources("securityGroups", securityGroupType));
    const services = plainCalls
        ? ecsServices(stack).flatMap((each) => each.sources("networkConfiguration", securityGroupType))
        : [];
    return new Set([...loadBalancers, ...services].map(({ urn }) => urn));
}
