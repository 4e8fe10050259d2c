import { atMost, settled } from "../configuration";
import { gather, type Finding } from "../finding";
import { isOfJoinedMesh } from "../facts/handOver";
import { ecsServices, isBehindLoadBalancer } from "../facts/sidecar";
import { idsOf } from "../facts/gateway/apis";
import type { Resource, Stack } from "../facts/stack";
import { each, type Rule } from "../rule";

const settings = { ttlSeconds: atMost(10) };
const directoryType = "aws:servicediscovery/service:Service";
const namespaceType = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";

/** ADR-003: services find each other, and only what runs is found. */
export function meshDiscovery(): Rule {
    return {
        id: "mesh-discovery",
        title: "Discovery through the private directory",
        description:
            "Every service is registered in a private Cloud Map namespace of this program or of the mesh that it joins, under its own name, with addresses that are asked for again within seconds.",
        clause: "Service Discovery",
        severity: "medium",
        controls: [],
        remediation:
            "leave serviceRegistries of the ECS service and dnsConfig of the Cloud Map service as generated.",
        settings,
        checks: (stack, configured) => {
            const { ttlSeconds } = settled(settings, configured);
            return [
                ...each(ecsServices(stack).filter(isMember), isRegistered),
                ...each(stack.ofType(directoryType), (service) =>
                    gather(
                        () => isPrivate(service, stack),
                        () => isAskedAgain(service, ttlSeconds),
                    ),
                ),
            ];
        },
    };
}

/** A proxy behind a load balancer is found by it. */
function isMember(service: Resource): boolean {
    return !service.props.get("loadBalancers").isUnknown && !isBehindLoadBalancer(service);
}

function isRegistered(service: Resource): readonly Finding[] {
    const registry = service.props.get("serviceRegistries", "registryArn");
    const [directory, ...others] = service.sources("serviceRegistries", directoryType);
    const name = directory?.props.get("name");
    const isOwn = registry.isUnknown || idsOf(directory ?? service).includes(registry.text);
    return registry.require(
        directory !== undefined &&
            others.length === 0 &&
            isOwn &&
            !registry.isMissing &&
            name?.text === service.props.get("name").text,
        "the arn of the Cloud Map service of this program that has the service's name",
    );
}

function isPrivate(service: Resource, stack: Stack): readonly Finding[] {
    const namespace = service.props.get("dnsConfig", "namespaceId");
    if (isOfJoinedMesh(namespace, stack, "namespaceId")) {
        return [];
    }
    const sources = service.sources("dnsConfig", namespaceType);
    if (sources.length !== 1 || sources[0] === undefined) {
        return [
            namespace.finding(
                "the id of exactly one private namespace of this program, or of the mesh that it joins",
            ),
        ];
    }
    const ids = idsOf(sources[0]);
    return namespace.require(
        namespace.isUnknown || ids.includes(namespace.text),
        "the id of the namespace from which it claims to be made",
    );
}

/** A name that is kept for long leads to tasks that have gone. */
function isAskedAgain(service: Resource, most: number): readonly Finding[] {
    const records = service.props.get("dnsConfig", "dnsRecords");
    const policy = service.props.get("dnsConfig", "routingPolicy");
    return [
        ...records.require(records.items().length > 0, "A records"),
        ...records.items().flatMap((record) => {
            const [type, ttl] = [record.get("type"), record.get("ttl")];
            return [
                ...type.require(type.text === "A", '"A"'),
                ...ttl.require(ttl.number !== undefined && ttl.number <= most, `at most ${most} s`),
            ];
        }),
        ...policy.require(policy.text === "MULTIVALUE", '"MULTIVALUE": every task, not one'),
    ];
}
