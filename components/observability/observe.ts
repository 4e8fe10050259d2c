import { accessLogGroup, restApiName } from "../gateway/physicalNames";
import { logGroupName } from "../mesh/MemberTask";
import { collectorConfig } from "../mesh/telemetry/collectorConfig";
import type { TelemetrySettings } from "../mesh/telemetry/telemetry";
import { ingressName, userLimiterName, type ResolvedMesh } from "../model/mesh";
import { emittedByCollector, type CollectorConfiguration } from "./metrics/collector";
import type { TrafficObservabilityArgs } from "./observabilityArgs";
import { defaultObjectives } from "./objectives";
import type { Observed, ObservedApi, ObservedMember, ObservedMesh } from "./observed";

/** What is there to be seen, as plain data: the names that CloudWatch knows it by. */
export function observe({ apis, clusterName, edge, mesh }: TrafficObservabilityArgs): Observed {
    const { prefix, region } = edge.placement;
    return {
        prefix,
        region,
        gateway: {
            webAcl: edge.webAclMetrics,
            apis: apis.map(({ api, objectives = defaultObjectives }): ObservedApi => ({
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
        mesh: {
            clusterName,
            entrance: mesh.phase.entrance,
            unproxied: mesh.phase.proxies ? [] : [...mesh.definition.deployments.keys()],
            members: mesh.phase.proxies ? membersOf(mesh.definition, prefix) : [],
            ...(mesh.telemetry === undefined ? {} : { telemetry: telemetryOf(mesh.telemetry, region) }),
        },
    };
}

/** Read out of the configuration that every member's collector gets; apart from their names all are alike. */
function telemetryOf(
    { memory, namespace }: TelemetrySettings,
    region: string,
): NonNullable<ObservedMesh["telemetry"]> {
    const config = collectorConfig({ member: ingressName, entrance: "ingress", region, namespace, memory });
    const { exporters } = config as unknown as CollectorConfiguration;
    return { namespace, emitted: emittedByCollector(exporters.awsemf) };
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
    // Of no deployment where the mesh has no limiter.
    const calls = [...behind, userLimiterName];
    return [member(ingressName, ingressName, "ingress", calls), ...deployed];
}

function deploymentsOf(service: string, { services }: ResolvedMesh): readonly string[] {
    return services.get(service)?.versions.map(({ deployment }) => deployment) ?? [];
}
