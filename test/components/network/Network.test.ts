import { expect } from "chai";
import { Network, type NetworkArgs } from "../../../components/network/Network";
import { identities, named, record, refusal, type RecordedResource } from "../../support/mocks";

const computed = (type: string): Record<string, unknown> =>
    type === "awsx:ec2:Vpc"
        ? { vpcId: "vpc-1", isolatedSubnetIds: ["subnet-1", "subnet-2"], routeTables: [] }
        : {};

async function deploy(args: NetworkArgs): Promise<readonly RecordedResource[]> {
    return record(() => new Network("network", args), { computed });
}

describe("Network", () => {
    it("makes exactly these resources; renaming one needs an alias", async () => {
        expect(identities(await deploy({ region: "eu-central-1" }))).to.deep.equal([
            "aws:ec2/securityGroup:SecurityGroup network-endpoints < network",
            "aws:ec2/vpcEndpoint:VpcEndpoint network-ecr-api < network",
            "aws:ec2/vpcEndpoint:VpcEndpoint network-ecr-dkr < network",
            "aws:ec2/vpcEndpoint:VpcEndpoint network-kms < network",
            "aws:ec2/vpcEndpoint:VpcEndpoint network-logs < network",
            "aws:ec2/vpcEndpoint:VpcEndpoint network-s3 < network",
            "aws:ec2/vpcEndpoint:VpcEndpoint network-secretsmanager < network",
            "aws:ec2/vpcEndpoint:VpcEndpoint network-ssm < network",
            "aws:ec2/vpcEndpoint:VpcEndpoint network-xray < network",
            "awsx:ec2:Vpc network < network",
            "shop:network:Network network",
        ]);
    });

    it("has no way to the internet", async () => {
        const vpc = named(
            await deploy({ region: "eu-central-1", zones: 3 }),
            "network",
            "awsx:ec2:Vpc",
        ).inputs;
        expect(vpc).to.deep.include({
            numberOfAvailabilityZones: 3,
            natGateways: { strategy: "None" },
            subnetSpecs: [{ type: "Isolated", name: "services", cidrMask: 20 }],
        });
    });

    it("makes nothing where a VPC is brought", async () => {
        const resources = await deploy({
            region: "eu-central-1",
            existing: {
                vpcId: "vpc-own",
                privateSubnetIds: ["subnet-a", "subnet-b"],
                endpointSecurityGroupId: "sg-own",
                s3PrefixListId: "pl-own",
            },
        });
        expect(identities(resources)).to.deep.equal(["shop:network:Network network"]);
        expect(resources[0]?.outputs).to.deep.equal({
            vpcId: "vpc-own",
            privateSubnetIds: ["subnet-a", "subnet-b"],
            endpointSecurityGroupId: "sg-own",
            s3PrefixListId: "pl-own",
        });
    });

    it("reports every bad argument at once, before any child exists", async () => {
        const { message, resources } = await refusal((attempt) => {
            attempt(
                () => new Network("network", { region: "eu-central-1", zones: 1, cidrBlock: "8.8.0.0/16" }),
            );
        });
        expect(message).to.equal(
            [
                'Network "network": 2 issues',
                '  - cidrBlock is "8.8.0.0/16"; use a private IPv4 block of /16, such as 10.20.0.0/16',
                "  - zones is 1; use a whole number from 2 to 6",
            ].join("\n"),
        );
        expect(identities(resources)).to.deep.equal(["shop:network:Network network"]);
    });
});
