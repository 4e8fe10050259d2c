import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import type * as pulumi from "@pulumi/pulumi";
import { PlatformKey } from "../components/encryption/PlatformKey";
import { dataPlanes } from "../components/mesh/dataPlanes";
import type { ReadContract } from "../components/mesh/handOver";
import { ServiceMesh } from "../components/mesh/ServiceMesh";
import { resolvePhase } from "../components/model/phase";
import { Network } from "../components/network/Network";
import type { TrafficObservability } from "../components/observability/TrafficObservability";
import type { Placement } from "../components/placement";
import { apis, applicationPort } from "./catalogue";
import { guestRoutes, meshGuests, servicesWithGuests } from "./guests";
import { createEdge, type ShopGateway } from "./gateway";
import { createObservability } from "./observability";
import { createTraffic, type Traffic } from "./phases";
import type { Settings } from "./resolveSettings";

export interface Shop extends Traffic {
    readonly mesh: ServiceMesh;
    readonly observability: TrafficObservability;
}

/** The shop: a network, the mesh with its services, and the gateway in front of them. */
export function createShop(settings: Settings, contracts: readonly ReadContract[] = []): Shop {
    const placement = createPlacement(settings);
    const network = createNetwork(settings);
    const mesh = createMesh(settings, placement, network, contracts);
    const edge = createEdge(settings, placement, network);
    const traffic = createTraffic({ settings, mesh, edge });
    return { ...traffic, mesh, observability: createObservability(settings, mesh, traffic) };
}

function createPlacement(settings: Settings): Placement {
    const { prefix, region, protect, logRetentionDays, existing } = settings;
    const account = {
        accountId: getCallerIdentityOutput().accountId,
        partition: getPartitionOutput().partition,
    };
    const key = new PlatformKey("platform-key", { prefix, region, protect, ...account });
    const boundary = existing?.permissionsBoundaryArn;
    return {
        prefix,
        region,
        ...account,
        kmsKeyArn: key.arn,
        logRetentionDays,
        protect,
        ...(boundary === undefined ? {} : { permissionsBoundaryArn: boundary }),
    };
}

function createNetwork({ region, size, existing, dataPlane }: Settings): Network {
    const vpc = existing?.vpc;
    const { endpoints } = dataPlanes[dataPlane];
    return new Network(
        "network",
        vpc === undefined
            ? { region, zones: size.zones, endpoints }
            : { region, existing: { ...vpc, vpcId: vpc.id } },
    );
}

function createMesh(
    settings: Settings,
    placement: Placement,
    network: Network,
    contracts: readonly ReadContract[],
): ServiceMesh {
    const clusterArn = settings.existing?.clusterArn;
    const { certificateAuthority, phase, plainCalls, quotas } = settings;
    return new ServiceMesh("mesh", {
        trustDomain: "shop.internal",
        services: servicesWithGuests(settings),
        ingress: [
            ...Object.entries(apis).map(([api, { service, contracts: versions }]) => ({
                api,
                service,
                stages: Object.keys(versions),
            })),
            ...guestRoutes(settings),
        ],
        guests: meshGuests(settings),
        contracts,
        placement,
        network,
        dataPlane: settings.dataPlane,
        givesUp: settings.givesUp,
        proxy: { image: settings.images.envoy },
        telemetry: { image: settings.images.collector },
        userLimiter: settings.rateLimit.shared !== undefined && resolvePhase(settings).proxies,
        // A mesh that other stacks join is at the migration's end.
        ...(Object.keys(settings.guests).length > 0
            ? {}
            : { migration: { phase, plainCalls, applicationPort } }),
        quotas: { roles: quotas.roles, instances: quotas.instances },
        ...(clusterArn === undefined ? {} : { clusterArn }),
        ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
    });
}

/** What a team needs that joins the shop from a stack of its own; nothing while no guest is listed (docs/other-stacks.md). */
export function handOvers(settings: Settings, { edge, ingress, mesh, plans }: Shop): Record<string, unknown> {
    return Object.keys(settings.guests).length === 0 || ingress === undefined
        ? {}
        : {
              meshHandOver: mesh.handOver,
              meshContract: mesh.contract,
              apiHandOver: edge.handOver({ backend: ingress, plans }),
          };
}

/** Address under which each service is found in the mesh. */
export function meshHosts(meshed: Shop["services"]): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(meshed).map(([name, { host }]) => [name, host]));
}

/** Public address of each API's versions. */
export function apiUrls({
    apis: created,
}: ShopGateway): Readonly<Record<string, Readonly<Record<string, string>>>> {
    return Object.fromEntries(Object.entries(created).map(([name, { urls }]) => [name, urls]));
}

/** API keys by client, as one secret. */
export function apiKeys({ plans }: ShopGateway): Readonly<Record<string, pulumi.Output<string>>> {
    return plans.apiKeys;
}
