import * as pulumi from "@pulumi/pulumi";
import { PlatformKey } from "../../../../components/encryption/PlatformKey";
import { MeshedService } from "../../../../components/mesh/MeshedService";
import { ServiceMesh } from "../../../../components/mesh/ServiceMesh";
import { Network } from "../../../../components/network/Network";
import { ringOfServices } from "../ringOfServices";

const registry = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

const services = ringOfServices(new pulumi.Config("bench").requireNumber("services"));
const account = { accountId: "123456789012", partition: "aws" };
const region = "eu-central-1";
const prefix = "bench";
const key = new PlatformKey("key", { prefix, region, protect: false, ...account });
const mesh = new ServiceMesh("mesh", {
    trustDomain: "bench.internal",
    services,
    placement: { prefix, region, ...account, kmsKeyArn: key.arn, logRetentionDays: 30, protect: false },
    network: new Network("network", { region }),
    proxy: { image: `${registry}/envoy:v1.40.0` },
    telemetry: { image: `${registry}/aws-otel-collector:v0.47.0` },
});

for (const name of Object.keys(services)) {
    new MeshedService(name, { mesh, image: `${registry}/${name}:1.0.0`, port: 8080 });
}
