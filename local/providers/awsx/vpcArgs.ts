import type { VpcEndpointArgs } from "@pulumi/aws/ec2";
import type { Inputs } from "@pulumi/pulumi";
import { Output } from "@pulumi/pulumi";
import { UNKNOWN, asText, isProps } from "../rpc/values";
import type { Props, Value } from "../rpc/values";
import type { PackageShapes } from "../schema/shapes";
import { invalidInputs } from "../schema/validate";
import type { SubnetSpec } from "./layout";

/** The declarations' file for `awsx:ec2:Vpc`, as a token names it. */
export const VPC_TOKEN = "awsx:ec2/vpc:Vpc";

/** What is read of the component's inputs; the SDK declares all of these as plain values but the tags. */
export interface VpcArgs {
    readonly availabilityZoneNames?: readonly string[];
    readonly numberOfAvailabilityZones?: number;
    readonly availabilityZoneCidrMask?: number;
    readonly cidrBlock?: string;
    readonly natGateways?: {
        readonly strategy: "None" | "Single" | "OnePerAz";
        readonly elasticIpAllocationIds?: readonly string[];
    };
    readonly subnetSpecs?: readonly SubnetSpec[];
    readonly subnetStrategy?: "Legacy" | "Auto" | "Exact";
    readonly vpcEndpointSpecs?: readonly (Omit<VpcEndpointArgs, "vpcId"> & {
        readonly serviceName: string;
    })[];
    readonly tags?: Record<string, string>;
}

/** Inputs that the stand-in cannot follow: it refuses what it would otherwise get wrong in silence. */
const NOT_EMULATED: Readonly<Record<string, readonly string[]>> = {
    ipv4IpamPoolId: [],
    ipv4NetmaskLength: [],
    subnetNameTagStrategy: ["Legacy"],
    subnetStrategy: ["Legacy", "Auto", "Exact"],
    vpcEndpointStrategy: ["Legacy"],
};

/** Inputs that go to the VPC itself as they are. */
const OWN = [
    "assignGeneratedIpv6CidrBlock",
    "enableDnsHostnames",
    "enableDnsSupport",
    "enableNetworkAddressUsageMetrics",
    "instanceTenancy",
    "region",
];

/** @throws listing every input that the component does not have, or that is not emulated. */
export function readVpcArgs(inputs: Inputs, shapes: PackageShapes): VpcArgs {
    const given = withoutOutputs(inputs);
    const problems = isProps(given)
        ? [...invalidInputs(VPC_TOKEN, given, shapes).map(({ reason }) => reason), ...notEmulated(given)]
        : [];
    if (problems.length > 0) {
        throw new Error(problems.join("; ").replaceAll(VPC_TOKEN, "awsx:ec2:Vpc"));
    }
    return inputs;
}

export function vpcOwnArgs(args: VpcArgs): Record<string, never> {
    const entries = Object.entries(args).filter(([name]) => OWN.includes(name));
    return Object.fromEntries(entries) as Record<string, never>;
}

function notEmulated(given: Props): readonly string[] {
    const problems = Object.entries(NOT_EMULATED)
        .filter(([name, allowed]) => (given[name] ?? null) !== null && !allowed.includes(asText(given[name])))
        .map(([name, allowed]) => {
            const instead = allowed.length === 0 ? "leave it out" : `use ${allowed.join(", ")}`;
            return `${VPC_TOKEN}: "${name}" of ${JSON.stringify(given[name])} is not emulated; ${instead}`;
        });
    const both = given.availabilityZoneNames !== undefined && given.numberOfAvailabilityZones !== undefined;
    return both
        ? [...problems, `${VPC_TOKEN}: give only one of availabilityZoneNames and numberOfAvailabilityZones`]
        : problems;
}

/** The inputs with each output as an unknown: their form can be checked, their values may come later. */
function withoutOutputs(input: unknown): Value {
    if (Output.isInstance(input)) {
        return UNKNOWN;
    }
    if (Array.isArray(input)) {
        return input.map(withoutOutputs);
    }
    if (typeof input === "object" && input !== null) {
        const entries = Object.entries(input).filter(([, value]) => value !== undefined);
        return Object.fromEntries(entries.map(([key, value]) => [key, withoutOutputs(value)]));
    }
    return input as Value;
}
