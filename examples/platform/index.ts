import { join } from "node:path";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as pulumi from "@pulumi/pulumi";
import { PlatformKey } from "../../components/encryption/PlatformKey";
import { ApiEdge } from "../../components/gateway/ApiEdge";
import { ApiPlans } from "../../components/gateway/ApiPlans";
import { ExternalApi } from "../../components/gateway/ExternalApi";
import { readContract } from "../../components/mesh/contracts";
import { MeshedService } from "../../components/mesh/MeshedService";
import { MeshIngress } from "../../components/mesh/MeshIngress";
import { ServiceMesh } from "../../components/mesh/ServiceMesh";
import { Network } from "../../components/network/Network";
import { guests, services } from "./services";

const registry = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
const prefix = `${pulumi.getProject()}-${pulumi.getStack()}`;
const region = new pulumi.Config("aws").require("region");
const loyaltyStack = new pulumi.Config().require("loyaltyStack");

/** Other stacks are read before anything is made: what they say is then known at preview. */
export = async (): Promise<Record<string, unknown>> => {
    const loyalty = loyaltyStack !== "";
    const contracts = loyalty ? [await readContract(new pulumi.StackReference(loyaltyStack))] : [];
    const account = {
        accountId: getCallerIdentityOutput().accountId,
        partition: getPartitionOutput().partition,
    };
    const key = new PlatformKey("key", { prefix, region, protect: false, ...account });
    const placement = {
        prefix,
        region,
        ...account,
        kmsKeyArn: key.arn,
        logRetentionDays: 30,
        protect: false,
    };
    const network = new Network("network", { region });
    const mesh = new ServiceMesh("mesh", {
        trustDomain: "platform.internal",
        services: services(loyalty),
        ingress: [
            { api: "users", service: "user-service" },
            ...(loyalty ? [{ api: "loyalty", service: "loyalty-service" }] : []),
        ],
        guests,
        contracts,
        placement,
        network,
        proxy: { image: `${registry}/envoy:v1.40.0` },
        telemetry: { image: `${registry}/aws-otel-collector:v0.47.0` },
    });
    for (const name of mesh.definition.deployments.keys()) {
        new MeshedService(name, { mesh, image: `${registry}/${name}:1.0.0`, port: 8080 });
    }
    const scopes = ["users/read", "loyalty/read"];
    const edge = new ApiEdge("edge", {
        placement,
        network,
        domain: { name: "api.platform.example", zone: { id: "Z0123456789ABC" } },
        signIn: { domainPrefix: `${prefix}-sign-in` },
        clients: {
            web: { callbackUrls: ["https://platform.example/signed-in"], scopes },
            mobile: { callbackUrls: ["platform://signed-in"], scopes },
        },
        allowedOrigins: ["https://platform.example"],
        scopes: { "users/read": "Read users", "loyalty/read": "Read loyalty points" },
    });
    const ingress = new MeshIngress("ingress", {
        mesh,
        gateway: {
            clientCertificatePem: edge.clientCertificatePem,
            securityGroupId: edge.vpcLinkSecurityGroupId,
        },
        allowedOrigins: edge.allowedOrigins,
    });
    const users = new ExternalApi("users", {
        edge,
        backend: ingress,
        service: "user-service",
        contracts: { v1: { file: join(__dirname, "users.yaml") } },
    });
    const plans = new ApiPlans("plans", { edge, apis: [users], web: { users: 100 }, mobile: { users: 100 } });
    return {
        meshHandOver: mesh.handOver,
        meshContract: mesh.contract,
        apiHandOver: edge.handOver({ backend: ingress, plans }),
    };
};
