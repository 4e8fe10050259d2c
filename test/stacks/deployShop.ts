import type { ReadContract } from "../../components/mesh/handOver";
import { resolveSettings, type Settings } from "../../stacks/resolveSettings";
import { createShop, type Shop } from "../../stacks/shop";
import { record, type MockOptions, type RecordedResource } from "../support/mocks";
import { stackConfiguration } from "./stackConfiguration";

/** A committed stack's settings, with changes. */
export function settingsOf(stack: string, changes: Record<string, unknown> = {}): Settings {
    const { region, traffic } = stackConfiguration(stack);
    const { settings, issues } = resolveSettings({
        project: "traffic",
        stack,
        region,
        traffic: { ...traffic, ...changes },
    });
    if (settings === undefined) {
        throw new Error(JSON.stringify(issues));
    }
    return settings;
}

const computedByType: Readonly<Record<string, Record<string, unknown>>> = {
    "tls:index/privateKey:PrivateKey": { privateKeyPem: "-----BEGIN EC PRIVATE KEY-----" },
    "aws:elasticache/serverlessCache:ServerlessCache": {
        endpoints: [{ address: "traffic-limits.serverless.euc1.cache.amazonaws.com", port: 6379 }],
    },
    "aws:lb/loadBalancer:LoadBalancer": { arnSuffix: "net/ingress/0123456789abcdef" },
    "aws:lb/targetGroup:TargetGroup": { arnSuffix: "targetgroup/ingress/0123456789abcdef" },
    "awsx:ec2:Vpc": { vpcId: "vpc-1", isolatedSubnetIds: ["subnet-1", "subnet-2"], routeTables: [] },
    "aws:acm/certificate:Certificate": {
        domainValidationOptions: [
            {
                domainName: "d",
                resourceRecordName: "r",
                resourceRecordType: "CNAME",
                resourceRecordValue: "v",
            },
        ],
    },
};

const account: MockOptions = {
    computed: (type) => computedByType[type] ?? {},
    calls: {
        "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "123456789012" },
        "aws:index/getPartition:getPartition": { partition: "aws" },
    },
};

/** What the shop registers. */
export async function deploy(
    settings: Settings,
    use: (shop: Shop) => void = () => undefined,
    contracts: readonly ReadContract[] = [],
): Promise<readonly RecordedResource[]> {
    return record(() => {
        use(createShop(settings, contracts));
    }, account);
}
