import type { Placement } from "../../../components/placement";
import { ServiceMesh, type ServiceMeshArgs } from "../../../components/mesh/ServiceMesh";

export const placement: Placement = {
    prefix: "shop-test",
    region: "eu-central-1",
    accountId: "123456789012",
    partition: "aws",
    kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/platform",
    logRetentionDays: 30,
    protect: false,
};

export const proxyImage = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/envoy:v1.40.0";
export const collectorImage = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/aws-otel-collector:v0.47.0";
export const cartImage = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/cart:1.4.2";

export function createMesh(args: Partial<ServiceMeshArgs> = {}): ServiceMesh {
    return new ServiceMesh("mesh", {
        trustDomain: "shop.internal",
        services: { cart: { localPort: 9001, calls: ["stock"] }, stock: { localPort: 9002 } },
        ingress: [{ api: "carts", service: "cart" }],
        placement,
        network: {
            vpcId: "vpc-1",
            privateSubnetIds: ["subnet-1", "subnet-2"],
            endpointSecurityGroupId: "sg-endpoints",
            s3PrefixListId: "pl-s3",
        },
        proxy: { image: proxyImage },
        ...args,
    });
}

interface Container {
    readonly name: string;
    readonly environment: readonly { readonly name: string; readonly value: string }[];
    readonly [field: string]: unknown;
}

/** The containers in a task definition's text, by name. */
export function containersOf(definitions: unknown): ReadonlyMap<string, Container> {
    const containers = JSON.parse(String(definitions)) as readonly Container[];
    return new Map(containers.map((container) => [container.name, container]));
}
