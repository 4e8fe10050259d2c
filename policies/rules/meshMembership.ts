import { gather, type Finding } from "../finding";
import { facingNetwork } from "../facts/envoy/bootstrap";
import { idsOf } from "../facts/gateway/apis";
import { isOfJoinedMesh } from "../facts/handOver";
import { phaseOf } from "../facts/phase";
import { openings, securityGroupType } from "../facts/securityGroups";
import { ecsServices, loadBalancersOf, sidecarOf } from "../facts/sidecar";
import type { Resource, Stack } from "../facts/stack";
import { taskDefinitionOf } from "../facts/taskDefinitions";
import { passesThrough } from "../requirements/loadBalancers";
import { isMigrating } from "../requirements/plainPaths";
import { each, type Rule } from "../rule";

/** Whether security groups hold what comes by PrivateLink. */
const onPrivateLink = "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic";
const loadBalancerTypes = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];
const listenerTypes = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"];

/** ADR-003: every service is in the mesh, and nothing leads around its sidecar. */
export function meshMembership(): Rule {
    return {
        id: "mesh-membership",
        title: "No way around the sidecar",
        description:
            "Every ECS service has its own network interface without a public address, its security groups open the proxy's port only, and load balancers are internal and pass TLS through to proxies.",
        clause: "Service Mesh for Internal Traffic; mTLS for all service communication",
        severity: "critical",
        controls: ["Security Hub ECS.2", "Security Hub ECS.17", "Security Hub ELB.4"],
        remediation: "deploy the service with MeshedService, and let traffic in through MeshIngress.",
        settings: {},
        waiting: {
            1: "applications are called around proxies that do not run yet: by each other, and by the internal load balancer",
            2: "applications' ports are open to the internal load balancer, and with plainCalls to each other",
        },
        checks: (stack) => [
            ...each(ecsServices(stack), (service) =>
                gather(
                    () => isEnclosed(service),
                    () => opensProxyOnly(service, stack),
                ),
            ),
            ...each(stack.ofType(...loadBalancerTypes), (loadBalancer) => {
                const { props } = loadBalancer;
                const own = loadBalancer.sources("securityGroups", securityGroupType);
                const ids = own.flatMap(idsOf);
                const [internal, links, kind, groups, headers] = [
                    props.get("internal"),
                    props.get(onPrivateLink),
                    props.get("loadBalancerType"),
                    props.get("securityGroups"),
                    props.get("dropInvalidHeaderFields"),
                ] as const;
                return [
                    ...internal.require(internal.isTrue, "true: clients come through API Gateway"),
                    ...links.require(
                        links.isMissing || links.text === "on" || loadBalancer.isComputed(onPrivateLink),
                        '"on": what comes by PrivateLink is held too',
                    ),
                    ...kind.require(kind.text === "network", '"network", which passes TLS through'),
                    ...groups.require(
                        groups.items().length > 0 &&
                            groups.items().length === own.length &&
                            groups.items().every((id) => id.isUnknown || ids.includes(id.text)),
                        "security groups of this program",
                    ),
                    ...headers.require(kind.text === "network" || headers.isTrue, "true, where HTTP is read"),
                ];
            }),
            ...each(stack.ofType(...listenerTypes), (listener) => passesThrough(listener, stack)),
        ],
    };
}

function isEnclosed(service: Resource): readonly Finding[] {
    const { props } = service;
    const network = props.get("networkConfiguration");
    const task = taskDefinitionOf(service).props;
    const [address, shell, connect, lattice] = [
        network.get("assignPublicIp"),
        props.get("enableExecuteCommand"),
        props.get("serviceConnectConfiguration"),
        props.get("vpcLatticeConfigurations"),
    ];
    const advanced = loadBalancersOf(service).map((each) => each.get("advancedConfiguration"));
    const mode = task.get("networkMode");
    const [launch, controller] = [props.get("launchType"), props.get("deploymentController", "type")];
    const capacity = props.get("capacityProviderStrategies").items();
    const isFargate = capacity.every((one) =>
        /^FARGATE(_SPOT)?$/.test(one.get("capacityProvider").text ?? ""),
    );
    return [
        ...network.require(
            !network.isMissing && network.get("securityGroups").items().length > 0,
            "subnets and security groups",
        ),
        ...address.require(address.isOff, "false"),
        ...shell.require(shell.isOff, "false: a shell inside the task is behind its proxy"),
        ...connect.require(connect.isMissing, "nothing: discovery is the mesh's"),
        ...lattice.require(lattice.isMissing, "nothing: no door beside the mesh's"),
        ...advanced.flatMap((each) => each.require(each.isMissing, "nothing: one target group")),
        ...mode.require(mode.text === "awsvpc", '"awsvpc"'),
        ...launch.require(
            capacity.length === 0 ? launch.text === "FARGATE" : isFargate,
            '"FARGATE": no host of somebody\'s own',
        ),
        ...controller.require(
            controller.isMissing || controller.text === "ECS" || service.isComputed("deploymentController"),
            '"ECS": no tasks that others start',
        ),
    ];
}

/** Of every security group of the service, what it lets in is the proxy's port, from a security group. */
function opensProxyOnly(service: Resource, stack: Stack): readonly Finding[] {
    const phase = phaseOf(stack);
    const ports = phase.proxies
        ? facingNetwork(sidecarOf(service).bootstrap).flatMap((listener) => listener.ports)
        : [];
    const listed = service.props.get("networkConfiguration", "securityGroups");
    const sources = service.sources("networkConfiguration", securityGroupType);
    const known = sources.flatMap(idsOf);
    const own = listed.items().filter((group) => !isOfJoinedMesh(group, stack, "securityGroupId"));
    const foreign = own.filter((group) => !group.isUnknown && !known.includes(group.text));
    const urns = new Set(sources.map(({ urn }) => urn));
    return [
        ...listed.require(
            foreign.length === 0 && own.length === sources.length,
            "security groups of this program, or the members' of the mesh that it joins",
        ),
        ...openings(stack)
            .filter(
                ({ direction, group }) => direction === "in" && group !== undefined && urns.has(group.urn),
            )
            .filter((opening) => {
                const { from, to, protocol, ranges } = opening;
                const isOnePort = protocol.text === "tcp" && from.number === to.number && ranges.length === 0;
                const isProxy = ports.includes(from.number);
                return !(isOnePort && (isProxy || isMigrating(opening, stack, phase)));
            })
            .map(({ subject, from, to, protocol }) => ({
                at: `${subject.type} "${subject.name}"`,
                found: `${protocol.shown} ${from.shown} to ${to.shown}`,
                required: `tcp ${ports.length === 0 ? "of an application" : `${ports.join(" or ")}, the proxy's`}, from a security group`,
            })),
    ];
}
