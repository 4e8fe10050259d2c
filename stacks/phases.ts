import type * as pulumi from "@pulumi/pulumi";
import type { ApiEdge } from "../components/gateway/ApiEdge";
import { UserLimiter } from "../components/mesh/limiter/UserLimiter";
import { MeshIngress, ingressLoadBalancer } from "../components/mesh/MeshIngress";
import type { ServiceMesh } from "../components/mesh/ServiceMesh";
import { PlainCalls } from "../components/migration/PlainCalls";
import { PlainEntrance } from "../components/migration/PlainEntrance";
import { InternalLoadBalancer } from "../components/network/InternalLoadBalancer";
import { applicationPort, type ServiceName } from "./catalogue";
import { createGateway, type ShopGateway } from "./gateway";
import type { Settings } from "./resolveSettings";
import { createServices, type ServiceEntrance, type ShopServices } from "./services";

export interface Traffic extends ShopGateway {
    readonly services: ShopServices;
    /** Absent while no task has a proxy. */
    readonly ingress: MeshIngress | undefined;
}

interface Parts {
    readonly settings: Settings;
    readonly mesh: ServiceMesh;
    readonly edge: ApiEdge;
}

/** Services, and the gateway's way to them, as the phase of the migration wants it (docs/migration.md). */
export function createTraffic(parts: Parts): Traffic {
    const { mesh } = parts;
    const loadBalancer = new InternalLoadBalancer("ingress", ingressLoadBalancer(mesh));
    return mesh.phase.entrance === "ingress"
        ? throughIngress(parts, loadBalancer)
        : toServices(parts, loadBalancer);
}

/** A service gives up its plain entrance after the stages of its APIs have moved to the ingress, which runs by then. */
function throughIngress(parts: Parts, loadBalancer: InternalLoadBalancer): Traffic {
    const { settings, mesh, edge } = parts;
    const ingress = createIngress(parts, loadBalancer);
    const gateway = createGateway(settings, edge, () => ({
        loadBalancerArn: ingress.loadBalancerArn,
        serverName: ingress.serverName,
        verifyServerCertificate: ingress.verifyServerCertificate,
        routes: ingress.routes,
        ready: [ingress.nodes.service],
    }));
    const stagesOf = (service: string): readonly pulumi.Resource[] =>
        Object.values(gateway.apis)
            .filter((api) => api.service === service)
            .flatMap(({ nodes }) => Object.values(nodes).map(({ stage }) => stage));
    const services = createServices(settings, mesh, (service) => ({ deployAfter: stagesOf(service) }));
    return { ...gateway, services, ingress };
}

/** The other way round: APIs are sent to services which have their plain entrance. An ingress may run, unused. */
function toServices(parts: Parts, loadBalancer: InternalLoadBalancer): Traffic {
    const { settings, mesh, edge } = parts;
    const ingress = mesh.phase.proxies ? createIngress(parts, loadBalancer) : undefined;
    const entrance = new PlainEntrance("plain-entrance", {
        mesh,
        loadBalancer,
        gatewayGroupId: edge.vpcLinkSecurityGroupId,
        applicationPort,
    });
    const calls =
        mesh.phase.calls === "mesh" ? [] : [new PlainCalls("plain-calls", { mesh, applicationPort })];
    const deployAfter = [entrance, ...calls];
    const services = createServices(settings, mesh, (service): ServiceEntrance => {
        const plainTarget = entrance.targetOf(service);
        return { deployAfter, ...(plainTarget === undefined ? {} : { plainTarget }) };
    });
    const gateway = createGateway(settings, edge, (service: ServiceName) =>
        entrance.backendOf(service, [services[service].nodes.service]),
    );
    return { ...gateway, services, ingress };
}

function createIngress({ settings, mesh, edge }: Parts, loadBalancer: InternalLoadBalancer): MeshIngress {
    const { size, allowedOrigins, rateLimit } = settings;
    const { shared } = rateLimit;
    const limiters = createLimiter(settings, mesh);
    return new MeshIngress(
        "ingress",
        {
            mesh,
            loadBalancer,
            gateway: {
                clientCertificatePem: edge.clientCertificatePem,
                securityGroupId: edge.vpcLinkSecurityGroupId,
            },
            size: size.ingress,
            tasks: size.ingress.tasks,
            ...(shared === undefined ? {} : { rateLimit: { shared } }),
            allowedOrigins,
        },
        { dependsOn: [...limiters] },
    );
}

/** The limiter that all ingress tasks ask, where they ask one. */
function createLimiter({ images, rateLimit, size }: Settings, mesh: ServiceMesh): readonly UserLimiter[] {
    const { limiter: image } = images;
    return rateLimit.shared === undefined || image === undefined
        ? []
        : [new UserLimiter("user-limiter", { mesh, image, ...size.limiter })];
}
