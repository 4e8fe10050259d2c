import type { Props, Value } from "../rpc/values";
import type { Scope } from "../table/reading";
import { createHash } from "node:crypto";
import { authorityCertificate } from "./privateAuthority";

/** What a data source answers from. */
export interface Surroundings extends Scope {
    /** Where the provider keeps what outlives a run. */
    readonly folder: string;
}

type Answer = (args: Props, surroundings: Surroundings) => Props | Promise<Props>;

/** The data sources that a program can read in local mode; each answers as an account with nothing unusual would. */
export const awsFunctions: Readonly<Record<string, Answer>> = {
    "aws:index/getRegion:getRegion": (args, scope) => {
        const region = text(args.region) ?? scope.region;
        return {
            id: region,
            region,
            name: region,
            description: region,
            endpoint: `ec2.${region}.amazonaws.com`,
        };
    },
    "aws:index/getCallerIdentity:getCallerIdentity": (_, { account, partition }) => ({
        id: account,
        accountId: account,
        arn: `arn:${partition}:iam::${account}:user/local`,
        userId: "AIDALOCALLOCALLOCALLO",
    }),
    "aws:index/getPartition:getPartition": (_, { partition }) => ({
        id: partition,
        partition,
        dnsSuffix: partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com",
        reverseDnsPrefix: partition === "aws-cn" ? "cn.com.amazonaws" : "com.amazonaws",
    }),
    "aws:index/getAvailabilityZones:getAvailabilityZones": (args, scope) => {
        const region = text(args.region) ?? scope.region;
        const letters = ["a", "b", "c"];
        return {
            ...args,
            id: region,
            region,
            names: letters.map((letter) => `${region}${letter}`),
            zoneIds: letters.map((_, index) => `${region}-az${index + 1}`),
            groupNames: [region],
        };
    },
    "aws:acmpca/getCertificateAuthority:getCertificateAuthority": async (args, { region, folder }) => {
        const arn = text(args.arn) ?? "";
        return {
            ...args,
            id: arn,
            region,
            certificate: (await authorityCertificate(arn, folder)).trimEnd(),
            certificateChain: "",
            certificateSigningRequest: "",
            keyStorageSecurityStandard: "FIPS_140_2_LEVEL_3_OR_HIGHER",
            notAfter: "2035-12-30T00:00:00Z",
            notBefore: "2026-01-01T00:00:00Z",
            revocationConfigurations: [],
            serial: stable(arn, 32),
            status: "ACTIVE",
            tags: {},
            type: "ROOT",
            usageMode: "GENERAL_PURPOSE",
        };
    },
    "aws:route53/getZone:getZone": (args, { partition }) => {
        const name = text(args.name) ?? `${text(args.zoneId) ?? "zone"}.example`;
        const zoneId = text(args.zoneId) ?? `Z${stable(name, 20).toUpperCase()}`;
        const nameServers = [1, 2, 3, 4].map((server) => `ns-${server}.awsdns.example`);
        return {
            ...args,
            id: zoneId,
            zoneId,
            name: name.replace(/\.$/, ""),
            arn: `arn:${partition}:route53:::hostedzone/${zoneId}`,
            callerReference: stable(name, 32),
            comment: "",
            nameServers,
            primaryNameServer: nameServers[0] ?? null,
            privateZone: args.privateZone ?? false,
            resourceRecordSetCount: 2,
            tags: args.tags ?? {},
        };
    },
    "aws:ec2/getVpc:getVpc": (args, { account, partition, region }) => {
        const id = text(args.id) ?? `vpc-0${stable("default vpc", 16)}`;
        const cidrBlock = text(args.cidrBlock) ?? "10.0.0.0/16";
        return {
            ...args,
            id,
            region,
            arn: `arn:${partition}:ec2:${region}:${account}:vpc/${id}`,
            cidrBlock,
            cidrBlockAssociations: [],
            default: args.default ?? false,
            enableDnsHostnames: true,
            enableDnsSupport: true,
            enableNetworkAddressUsageMetrics: false,
            instanceTenancy: "default",
            mainRouteTableId: `rtb-0${stable(id, 16)}`,
            ownerId: account,
            state: "available",
            tags: args.tags ?? {},
        };
    },
    "aws:ec2/getManagedPrefixList:getManagedPrefixList": (args, { account, partition, region }) => {
        const name = text(args.name) ?? `com.amazonaws.${region}.s3`;
        const id = text(args.id) ?? `pl-${stable(`${region} ${name}`, 8)}`;
        return {
            ...args,
            id,
            name,
            region,
            addressFamily: "IPv4",
            arn: `arn:${partition}:ec2:${region}:${name.startsWith("com.amazonaws") ? "aws" : account}:prefix-list/${id}`,
            entries: [],
            maxEntries: 10,
            ownerId: name.startsWith("com.amazonaws") ? "AWS" : account,
            tags: args.tags ?? {},
            version: 1,
        };
    },
};

function text(value: Value | undefined): string | undefined {
    return typeof value === "string" ? value : undefined;
}

/** Always the same for the same name, as an existing resource's id is. */
function stable(name: string, length: number): string {
    return createHash("sha256").update(name).digest("hex").slice(0, length);
}
