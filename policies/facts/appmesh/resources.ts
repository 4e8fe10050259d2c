import { Unjudgeable } from "../../finding";
import type { Resource, Stack } from "../stack";
import type { Value } from "../value";

export const meshType = "aws:appmesh/mesh:Mesh";
export const nodeType = "aws:appmesh/virtualNode:VirtualNode";
export const gatewayType = "aws:appmesh/virtualGateway:VirtualGateway";
const serviceType = "aws:appmesh/virtualService:VirtualService";
const routerType = "aws:appmesh/virtualRouter:VirtualRouter";
const routeType = "aws:appmesh/route:Route";
const gatewayRouteType = "aws:appmesh/gatewayRoute:GatewayRoute";

/** The resources of one App Mesh, by their names in AWS. */
export class AppMeshResources {
    constructor(
        private readonly program: Stack,
        private readonly mesh: string,
    ) {}

    /** The mesh itself, and what it lets out that is no declared backend. */
    egressFilter(): Value {
        return this.one(meshType, this.mesh, "name").props.get("spec", "egressFilter", "type");
    }

    proxied(type: typeof nodeType | typeof gatewayType, name: string): Resource {
        return this.one(type, name);
    }

    virtualNode(name: string): Resource {
        return this.one(nodeType, name);
    }

    virtualService(name: string): Resource {
        return this.one(serviceType, name);
    }

    routesOf(router: string): readonly Resource[] {
        this.one(routerType, router);
        return this.inMesh(routeType).filter(({ props }) => props.get("virtualRouterName").text === router);
    }

    gatewayRoutesOf(gateway: string): readonly Resource[] {
        return this.inMesh(gatewayRouteType).filter(
            ({ props }) => props.get("virtualGatewayName").text === gateway,
        );
    }

    private inMesh(type: string): readonly Resource[] {
        return this.program
            .ofType(type)
            .filter(({ props }) => type === meshType || props.get("meshName").text === this.mesh);
    }

    private one(type: string, name: string, property = "name"): Resource {
        const [found, ...others] = this.inMesh(type).filter(({ props }) => props.get(property).text === name);
        if (found === undefined || others.length > 0) {
            throw new Unjudgeable({
                at: type,
                found: found === undefined ? `none named "${name}"` : `more than one named "${name}"`,
                required: `exactly one of this program in mesh "${this.mesh}"`,
            });
        }
        return found;
    }
}
