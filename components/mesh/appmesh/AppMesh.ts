import * as appmesh from "@pulumi/aws/appmesh";
import * as pulumi from "@pulumi/pulumi";
import { ingressName, type ResolvedMesh, type ResolvedService } from "../../model/mesh";
import { gatewayRoutesOf, virtualGatewaySpec } from "./spec/gateway";
import { virtualServiceName } from "./spec/names";
import { routesOf, virtualRouterSpec } from "./spec/routes";
import { virtualNodeSpec } from "./spec/virtualNode";

export interface AppMeshArgs {
    /** Name of the mesh in AWS. */
    readonly name: string;
    readonly mesh: ResolvedMesh;
}

/** The call graph as resources of AWS App Mesh, from which its control plane makes every proxy's configuration. */
export class AppMesh extends pulumi.ComponentResource {
    readonly nodes: {
        readonly mesh: appmesh.Mesh;
        readonly virtualNodes: readonly appmesh.VirtualNode[];
        readonly virtualServices: readonly appmesh.VirtualService[];
    };

    constructor(name: string, { name: meshName, mesh }: AppMeshArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:mesh:AppMesh", name, {}, opts);
        const own = new appmesh.Mesh(
            name,
            // What is not a declared backend is not reached.
            { name: meshName, spec: { egressFilter: { type: "DROP_ALL" } } },
            { parent: this },
        );
        const virtualNodes = [...mesh.deployments.keys()].map((deployment) =>
            this.createVirtualNode(name, own, mesh, deployment),
        );
        const virtualServices = [...mesh.services.values()].map((service) =>
            this.createVirtualService(name, own, mesh, service, virtualNodes),
        );
        if (mesh.ingress.length > 0) {
            this.createGateway(name, own, mesh, virtualServices);
        }
        this.nodes = { mesh: own, virtualNodes, virtualServices };
        this.registerOutputs({ meshName });
    }

    private createVirtualNode(
        name: string,
        own: appmesh.Mesh,
        mesh: ResolvedMesh,
        deployment: string,
    ): appmesh.VirtualNode {
        return new appmesh.VirtualNode(
            `${name}-${deployment}`,
            { name: deployment, meshName: own.name, spec: virtualNodeSpec(mesh, deployment) },
            { parent: this },
        );
    }

    private createVirtualService(
        name: string,
        own: appmesh.Mesh,
        { trustDomain }: ResolvedMesh,
        service: ResolvedService,
        virtualNodes: readonly appmesh.VirtualNode[],
    ): appmesh.VirtualService {
        const router = new appmesh.VirtualRouter(
            `${name}-${service.name}`,
            { name: service.name, meshName: own.name, spec: virtualRouterSpec(service) },
            { parent: this },
        );
        const routes = routesOf(service).map(
            (route) =>
                new appmesh.Route(
                    `${name}-${route.name}`,
                    {
                        name: route.name,
                        meshName: own.name,
                        virtualRouterName: router.name,
                        spec: route.spec,
                    },
                    { parent: this, dependsOn: [...virtualNodes] },
                ),
        );
        return new appmesh.VirtualService(
            `${name}-${service.name}`,
            {
                name: virtualServiceName(service.name, trustDomain),
                meshName: own.name,
                spec: { provider: { virtualRouter: { virtualRouterName: router.name } } },
            },
            { parent: this, dependsOn: routes },
        );
    }

    private createGateway(
        name: string,
        own: appmesh.Mesh,
        mesh: ResolvedMesh,
        virtualServices: readonly appmesh.VirtualService[],
    ): void {
        const gateway = new appmesh.VirtualGateway(
            `${name}-${ingressName}`,
            { name: ingressName, meshName: own.name, spec: virtualGatewaySpec(mesh) },
            { parent: this },
        );
        for (const route of gatewayRoutesOf(mesh)) {
            new appmesh.GatewayRoute(
                `${name}-${ingressName}-${route.name}`,
                {
                    name: route.name,
                    meshName: own.name,
                    virtualGatewayName: gateway.name,
                    spec: route.spec,
                },
                { parent: this, dependsOn: [...virtualServices] },
            );
        }
    }
}
