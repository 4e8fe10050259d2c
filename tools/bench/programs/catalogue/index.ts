import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { PlatformKey } from "../../../../components/encryption/PlatformKey";
import { ApiEdge } from "../../../../components/gateway/ApiEdge";
import { ApiPlans } from "../../../../components/gateway/ApiPlans";
import { ExternalApi } from "../../../../components/gateway/ExternalApi";
import { MeshedService } from "../../../../components/mesh/MeshedService";
import { MeshIngress } from "../../../../components/mesh/MeshIngress";
import { ServiceMesh } from "../../../../components/mesh/ServiceMesh";
import { Network } from "../../../../components/network/Network";
import { TrafficObservability } from "../../../../components/observability/TrafficObservability";
import { ringOfServices } from "../ringOfServices";

const registry = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
const contract = join(__dirname, "../../../../examples/platform/users.yaml");
const servicesOfApi = 10;

const services = ringOfServices(new pulumi.Config("bench").requireNumber("services"));
const names = Object.keys(services);
const published = names
    .filter((_, index) => index % servicesOfApi === 0)
    .map((service) => ({ api: `api-of-${service}`, service }));
const account = { accountId: "123456789012", partition: "aws" };
const region = "eu-central-1";
const prefix = "bench";
const key = new PlatformKey("key", { prefix, region, protect: false, ...account });
const placement = { prefix, region, ...account, kmsKeyArn: key.arn, logRetentionDays: 30, protect: false };
const network = new Network("network", { region });
const mesh = new ServiceMesh("mesh", {
    trustDomain: "bench.internal",
    services,
    ingress: published,
    placement,
    network,
    proxy: { image: `${registry}/envoy:v1.40.0` },
    telemetry: { image: `${registry}/aws-otel-collector:v0.47.0` },
});
const meshed = names.map(
    (name) => new MeshedService(name, { mesh, image: `${registry}/${name}:1.0.0`, port: 8080 }),
);

const client = { scopes: ["users/read"] };
const edge = new ApiEdge("edge", {
    placement,
    network,
    domain: { name: "api.bench.example", zone: { id: "Z0123456789ABC" } },
    signIn: { domainPrefix: "bench-sign-in" },
    clients: {
        web: { ...client, callbackUrls: ["https://bench.example/signed-in"] },
        mobile: { ...client, callbackUrls: ["bench://signed-in"] },
    },
    allowedOrigins: ["https://bench.example"],
    scopes: { "users/read": "Read users" },
});
const ingress = new MeshIngress("ingress", {
    mesh,
    gateway: {
        clientCertificatePem: edge.clientCertificatePem,
        securityGroupId: edge.vpcLinkSecurityGroupId,
    },
    allowedOrigins: edge.allowedOrigins,
});
const apis = published.map(
    ({ api, service }) =>
        new ExternalApi(api, { edge, backend: ingress, service, contracts: { v1: { file: contract } } }),
);
new ApiPlans("plans", { edge, apis, web: { users: 100 }, mobile: { users: 100 } });
new TrafficObservability("observability", {
    edge,
    apis: apis.map((api) => ({ api })),
    mesh,
    services: meshed,
    ingress,
    clusterName: prefix,
});
