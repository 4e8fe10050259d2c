import type { ServiceMesh } from "../components/mesh/ServiceMesh";
import { TrafficObservability } from "../components/observability/TrafficObservability";
import { apis, type PublicApi } from "./catalogue";
import type { Traffic } from "./phases";
import type { Settings } from "./resolveSettings";

const publicApis: Readonly<Record<string, PublicApi>> = apis;

/** What looks at the shop's traffic, and who is told. */
export function createObservability(
    { alarms, existing, prefix, quotas }: Settings,
    mesh: ServiceMesh,
    { apis: external, edge, ingress, services }: Traffic,
): TrafficObservability {
    const observedApis = Object.entries(external).map(([name, api]) => ({
        api,
        objectives: publicApis[name]?.objectives,
    }));
    const { emails, runbookUrl, silentMinutes } = alarms ?? {};
    return new TrafficObservability("observability", {
        edge,
        apis: observedApis,
        mesh,
        services: Object.values(services),
        ...(ingress === undefined ? {} : { ingress }),
        quotas: { alarms: quotas.alarms },
        clusterName: clusterName(existing?.clusterArn) ?? prefix,
        ...(emails === undefined ? {} : { emails }),
        ...(runbookUrl === undefined ? {} : { runbookUrl }),
        ...(silentMinutes === undefined ? {} : { thresholds: { silentMinutes } }),
    });
}

/** `arn:aws:ecs:eu-central-1:123456789012:cluster/own` → `own` */
function clusterName(arn: string | undefined): string | undefined {
    return arn?.split("/").at(-1);
}
