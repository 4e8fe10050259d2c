import type { MeshedService } from "../components/mesh/MeshedService";
import type { ServiceMesh } from "../components/mesh/ServiceMesh";
import { TrafficObservability } from "../components/observability/TrafficObservability";
import { apis, type PublicApi } from "./catalogue";
import type { ShopGateway } from "./gateway";
import type { Settings } from "./resolveSettings";

export interface ObservedShop {
    readonly gateway: ShopGateway;
    readonly mesh: ServiceMesh;
    readonly services: Readonly<Record<string, MeshedService>>;
}

const publicApis: Readonly<Record<string, PublicApi>> = apis;

/** What looks at the shop's traffic, and who is told. */
export function createObservability(
    { alarms, existing, prefix }: Settings,
    { gateway, mesh, services }: ObservedShop,
): TrafficObservability {
    const observedApis = Object.entries(gateway.apis).map(([name, api]) => ({
        api,
        objectives: publicApis[name]?.objectives,
    }));
    const { emails, runbookUrl, silentMinutes } = alarms ?? {};
    return new TrafficObservability("observability", {
        edge: gateway.edge,
        apis: observedApis,
        mesh,
        services: Object.values(services),
        ingress: gateway.ingress,
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
