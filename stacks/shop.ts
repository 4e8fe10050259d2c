import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import type * as pulumi from "@pulumi/pulumi";
import { PlatformKey } from "../components/encryption/PlatformKey";
import { dataPlanes } from "../components/mesh/dataPlanes";
import { MeshedService } from "../components/mesh/MeshedService";
import { UserLimiter } from "../components/mesh/limiter/UserLimiter";
import { MeshIngress } from "../components/mesh/MeshIngress";
import { ServiceMesh } from "../components/mesh/ServiceMesh";
import { Network } from "../components/network/Network";
import type { TrafficObservability } from "../components/observability/TrafficObservability";
import type { Placement } from "../components/placement";
import { apis, applicationPort, deploymentNames, services, type ServiceName } from "./catalogue";
import { createGateway, type ShopGateway } from "./gateway";
import { createObservability } from "./observability";
import type { Settings } from "./resolveSettings";

export interface Shop extends ShopGateway {
    readonly services: Readonly<Record<ServiceName, MeshedService>>;
    readonly observability: TrafficObservability;
}

/** The shop: a network, the mesh with its services, and the gateway in front of them. */
export function createShop(settings: Settings): Shop {
    const placement = createPlacement(settings);
    const network = createNetwork(settings);
    const mesh = createMesh(settings, placement, network);
    const meshed = createServices(settings, mesh);
    const { shared } = settings.rateLimit;
    const limiters = createLimiter(settings, mesh);
    const gateway = createGateway(
        settings,
        placement,
        network,
        (edge) =>
            new MeshIngress(
                "ingress",
                {
                    mesh,
                    gateway: {
                        clientCertificatePem: edge.clientCertificatePem,
                        securityGroupId: edge.vpcLinkSecurityGroupId,
                    },
                    size: settings.size.ingress,
                    tasks: settings.size.ingress.tasks,
                    ...(shared === undefined ? {} : { rateLimit: { shared } }),
                    allowedOrigins: settings.allowedOrigins,
                },
                { dependsOn: [...limiters] },
            ),
    );
    const observability = createObservability(settings, { gateway, mesh, services: meshed });
    return { ...gateway, services: meshed, observability };
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

function createMesh(settings: Settings, placement: Placement, network: Network): ServiceMesh {
    const clusterArn = settings.existing?.clusterArn;
    const { certificateAuthority } = settings;
    return new ServiceMesh("mesh", {
        trustDomain: "shop.internal",
        services,
        ingress: Object.entries(apis).map(([api, { service, contracts }]) => ({
            api,
            service,
            stages: Object.keys(contracts),
        })),
        placement,
        network,
        dataPlane: settings.dataPlane,
        givesUp: settings.givesUp,
        proxy: { image: settings.images.envoy },
        telemetry: { image: settings.images.collector },
        userLimiter: settings.rateLimit.shared !== undefined,
        ...(clusterArn === undefined ? {} : { clusterArn }),
        ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
    });
}

function createServices(
    { images, size }: Settings,
    mesh: ServiceMesh,
): Readonly<Record<ServiceName, MeshedService>> {
    const { tasks, maximum, ...taskSize } = size.service;
    const created = deploymentNames.map((name) => [
        name,
        new MeshedService(name, {
            mesh,
            image: images[name as ServiceName],
            port: applicationPort,
            size: taskSize,
            desiredCount: tasks,
            ...(maximum > tasks ? { scaling: { maximum } } : {}),
        }),
    ]);
    return Object.fromEntries(created) as Record<ServiceName, MeshedService>;
}

/** The limiter that all ingress tasks ask, where they ask one. */
function createLimiter({ images, rateLimit, size }: Settings, mesh: ServiceMesh): readonly UserLimiter[] {
    const { limiter: image } = images;
    return rateLimit.shared === undefined || image === undefined
        ? []
        : [new UserLimiter("user-limiter", { mesh, image, ...size.limiter })];
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
