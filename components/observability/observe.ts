import { accessLogGroup, restApiName } from "../gateway/physicalNames";
import { logGroupName } from "../mesh/MemberTask";
import { ingressName, type ResolvedMesh } from "../model/mesh";
import type { TrafficObservabilityArgs } from "./observabilityArgs";
import type { Observed, ObservedApi, ObservedMember } from "./observed";

/** What is there to be seen, as plain data: the names that CloudWatch knows it by. */
export function observe({ apis, clusterName, edge, mesh }: TrafficObservabilityArgs): Observed {
    const { prefix, region } = edge.placement;
    return {
        prefix,
        region,
        gateway: {
            webAcl: edge.webAclMetrics,
            apis: apis.map(({ api, objectives }): ObservedApi => ({
                name: api.api,
                service: api.service,
                objectives,
                versions: Object.keys(api.nodes).map((version) => ({
                    version,
                    restApi: restApiName(prefix, api.api, version),
                    accessLogs: accessLogGroup(prefix, api.api, version),
                })),
            })),
        },
        mesh: { clusterName, members: membersOf(mesh.definition, prefix) },
    };
}

function membersOf(mesh: ResolvedMesh, prefix: string): readonly ObservedMember[] {
    const member = (
        name: string,
        service: string,
        entrance: string,
        calls: readonly string[],
    ): ObservedMember => ({
        name,
        service,
        entrance,
        calls: calls.flatMap((callee) => deploymentsOf(callee, mesh)),
        logs: logGroupName(prefix, name),
    });
    const behind = [...new Set(mesh.ingress.map(({ service }) => service))].sort();
    const deployed = [...mesh.deployments].map(([name, service]) =>
        member(name, service.name, "inbound", service.calls),
    );
    return [member(ingressName, ingressName, "ingress", behind), ...deployed];
}

function deploymentsOf(service: string, { services }: ResolvedMesh): readonly string[] {
    return services.get(service)?.versions.map(({ deployment }) => deployment) ?? [];
}
