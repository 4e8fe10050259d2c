import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones";
import type { ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider";
import { describePackage } from "../schema/cache";
import type { PackageDescription } from "../schema/cache";
import { Vpc } from "./vpc";
import { VPC_TOKEN, readVpcArgs } from "./vpcArgs";
import type { VpcArgs } from "./vpcArgs";

/** Zones that a VPC is spread over unless it says otherwise. */
const DEFAULT_ZONES = 3;

/** The stand-in for the `awsx` provider: components of `aws` resources, which the `aws` stand-in then emulates. */
export class AwsxProvider implements Provider {
    public readonly version: string;

    private constructor(private readonly description: PackageDescription) {
        this.version = description.version;
    }

    /** @param cache a folder; see schema/folders.ts. */
    public static async load(cache: string): Promise<AwsxProvider> {
        return new AwsxProvider(await describePackage("@pulumi/awsx", [VPC_TOKEN], cache));
    }

    public readonly construct = async (
        name: string,
        type: string,
        inputs: Inputs,
        options: ComponentResourceOptions,
    ): Promise<ConstructResult> => {
        if (type !== "awsx:ec2:Vpc") {
            throw new Error(
                `${type} is no resource type that the local awsx provider knows; it knows awsx:ec2:Vpc.`,
            );
        }
        const args = readVpcArgs(inputs, this.description);
        const vpc = new Vpc(name, args, await zonesOf(args, options), options);
        return { urn: vpc.urn, state: vpc.state };
    };
}

async function zonesOf(
    args: VpcArgs,
    { parent, providers }: ComponentResourceOptions,
): Promise<readonly string[]> {
    if (args.availabilityZoneNames !== undefined) {
        return args.availabilityZoneNames;
    }
    const aws = providers !== undefined && !Array.isArray(providers) ? providers.aws : undefined;
    const provider = aws === undefined ? {} : { provider: aws };
    const { names } = await getAvailabilityZones(
        {},
        { ...(parent === undefined ? {} : { parent }), ...provider },
    );
    const wanted = args.numberOfAvailabilityZones ?? DEFAULT_ZONES;
    if (names.length < wanted) {
        throw new Error(`awsx:ec2:Vpc wants ${wanted} availability zones; the region has ${names.length}.`);
    }
    return names.slice(0, wanted);
}
