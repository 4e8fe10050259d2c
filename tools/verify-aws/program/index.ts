import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as pulumi from "@pulumi/pulumi";
import { join } from "node:path";
import { PlatformKey } from "../../../components/encryption/PlatformKey";
import { ApiEdge } from "../../../components/gateway/ApiEdge";
import { ApiPlans } from "../../../components/gateway/ApiPlans";
import { ExternalApi } from "../../../components/gateway/ExternalApi";
import { MeshedService } from "../../../components/mesh/MeshedService";
import { MeshIngress } from "../../../components/mesh/MeshIngress";
import { ServiceMesh } from "../../../components/mesh/ServiceMesh";
import { Network } from "../../../components/network/Network";
import { TrafficObservability } from "../../../components/observability/TrafficObservability";
import { readSettings } from "./settings";

const { certificateHours, domain, hostedZoneId, images, issuer, origins, prefix, privateCaArn, region } =
    readSettings();
const account = { accountId: getCallerIdentityOutput().accountId, partition: getPartitionOutput().partition };
const key = new PlatformKey("key", { prefix, region, protect: false, ...account });
const placement = { prefix, region, ...account, kmsKeyArn: key.arn, logRetentionDays: 1, protect: false };
const network = new Network("network", { region });
const mesh = new ServiceMesh("mesh", {
    trustDomain: `${prefix}.internal`,
    services: { "probe-service": { localPort: 9301 } },
    ingress: [{ api: "probe", service: "probe-service" }],
    placement,
    network,
    proxy: { image: images.envoy },
    telemetry: { image: images.collector },
    certificates: { validityHours: certificateHours, renewalHours: 1 },
    ...(privateCaArn === undefined ? {} : { certificateAuthority: { privateCaArn } }),
});
const probe = new MeshedService("probe-service", {
    mesh,
    image: images.probe,
    port: 8080,
    desiredCount: 2,
    scaling: { maximum: 3 },
});

const contract = (name: string): { file: string } => ({ file: join(__dirname, "contracts", name) });
const scopes = { "probe/read": "Read things.", "probe/write": "Make things." };
const edge = new ApiEdge("edge", {
    placement,
    domain: { name: domain, zone: { id: hostedZoneId } },
    network,
    signIn: issuer ?? { domainPrefix: prefix },
    clients: {
        web: { callbackUrls: [`https://${domain}/`], scopes: ["probe/read"] },
        mobile: { callbackUrls: [`https://${domain}/`], scopes: ["probe/read"] },
        consumers: {
            full: { scopes: ["probe/read", "probe/write"] },
            writer: { scopes: ["probe/write"] },
        },
    },
    scopes,
    allowedOrigins: origins,
    // The region has one role for the gateway's logs, which the account's own stacks have set.
    manageAccountLogRole: false,
});
const ingress = new MeshIngress("ingress", {
    mesh,
    gateway: {
        clientCertificatePem: edge.clientCertificatePem,
        securityGroupId: edge.vpcLinkSecurityGroupId,
    },
    tasks: 1,
    allowedOrigins: origins,
});
const api = new ExternalApi("probe-api", {
    edge,
    backend: ingress,
    api: "probe",
    service: "probe-service",
    contracts: {
        v1: { ...contract("v1.yaml"), translation: contract("v1-on-v2.yaml") },
        v2: contract("v2.yaml"),
    },
});
const plans = new ApiPlans("plans", { edge, apis: [api], web: { users: 1 }, mobile: { users: 1 } });
const observability = new TrafficObservability("observability", {
    edge,
    apis: [{ api }],
    mesh,
    services: [probe],
    ingress,
    clusterName: prefix,
    thresholds: { silentMinutes: 0 },
});

/** What the probes need to know of the deployment. */
export const outputs = pulumi.secret({
    urls: api.urls,
    clientIds: edge.clientIds,
    clientSecrets: Object.fromEntries(
        Object.entries(edge.nodes.users?.nodes.appClients ?? {}).map(([name, client]) => [
            name,
            client.clientSecret,
        ]),
    ),
    apiKeys: plans.apiKeys,
    clusterArn: mesh.clusterArn,
    serviceArns: { probe: probe.nodes.service.arn, ingress: ingress.nodes.service.arn },
    discoveryId: probe.nodes.discovery.id,
    certificateParameter: `${mesh.memberPath("probe-service")}/certificate`,
    alarmTopicArn: observability.topicArn,
});
