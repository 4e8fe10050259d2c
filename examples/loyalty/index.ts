import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ApiEdge } from "../../components/gateway/ApiEdge";
import { ApiPlans } from "../../components/gateway/ApiPlans";
import { ExternalApi } from "../../components/gateway/ExternalApi";
import { MeshedService } from "../../components/mesh/MeshedService";
import { ServiceMesh } from "../../components/mesh/ServiceMesh";

const config = new pulumi.Config();
const registry = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

/** The other stack is read before anything is made: what it says is then known at preview. */
export = async (): Promise<Record<string, unknown>> => {
    const platform = new pulumi.StackReference(config.require("platform"));
    const mesh = await ServiceMesh.fromStack("mesh", platform, {
        services: {
            "loyalty-service": {
                localPort: 9201,
                calls: ["user-service"],
                foreignCallers: { "order-service": { propagatesIdentity: true }, ingress: {} },
            },
        },
    });
    const service = new MeshedService("loyalty-service", {
        mesh,
        image: `${registry}/loyalty-service:1.0.0`,
        port: 8080,
    });
    const urls = config.requireBoolean("published") ? await publish(platform) : {};
    return { meshContract: mesh.contract, host: service.host, urls };
};

/** Clients keep the keys that they have from the platform: the plans here take those in. */
async function publish(platform: pulumi.StackReference): Promise<Readonly<Record<string, string>>> {
    const edge = await ApiEdge.fromStack("edge", platform);
    const api = new ExternalApi("loyalty", {
        edge,
        backend: edge.backend,
        service: "loyalty-service",
        contracts: { v1: { file: join(__dirname, "loyalty.yaml") } },
    });
    new ApiPlans("loyalty-plans", { edge, apis: [api], web: { users: 100 }, mobile: { users: 100 } });
    return api.urls;
}
