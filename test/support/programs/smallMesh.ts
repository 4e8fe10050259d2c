import "../../../stacks/promiseTraces";
import { PlatformKey } from "../../../components/encryption/PlatformKey";
import { ServiceMesh, type ServiceMeshArgs } from "../../../components/mesh/ServiceMesh";
import { Network } from "../../../components/network/Network";

/** An image that nobody pulls. */
export function imageOf(name: string, tag = "1.0.0"): string {
    return `123456789012.dkr.ecr.eu-central-1.amazonaws.com/${name}:${tag}`;
}

interface SmallMeshArgs extends Omit<ServiceMeshArgs, "placement" | "network" | "proxy" | "trustDomain"> {
    /** @default `<prefix>.internal` */
    readonly trustDomain?: string;
    /** @default 30 */
    readonly logRetentionDays?: number;
    /** @default false */
    readonly protect?: boolean;
}

/** A mesh with a key and a network of its own, as programs of tests and measurements deploy it; its services are still to be made. */
export function createSmallMesh(
    prefix: string,
    { logRetentionDays = 30, protect = false, ...args }: SmallMeshArgs,
): { readonly mesh: ServiceMesh; readonly network: Network } {
    const region = "eu-central-1";
    const account = { accountId: "123456789012", partition: "aws" };
    const key = new PlatformKey("key", { prefix, region, protect, ...account });
    const network = new Network("network", { region });
    const mesh = new ServiceMesh("mesh", {
        trustDomain: `${prefix}.internal`,
        placement: { prefix, region, ...account, kmsKeyArn: key.arn, logRetentionDays, protect },
        network,
        proxy: { image: imageOf("envoy", "v1.40.0") },
        telemetry: { image: imageOf("aws-otel-collector", "v0.47.0") },
        ...args,
    });
    return { mesh, network };
}
