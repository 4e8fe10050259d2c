import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { AwsxProvider } from "../../../../local/providers/awsx/provider";
import { cacheFolder } from "../../../../local/providers/schema/folders";

interface Registered {
    readonly type: string;
    readonly name: string;
    readonly inputs: Record<string, unknown>;
}

/** What a program's resources come to with mocks; says nothing of how the engine takes a remote component. */
class Recorder implements pulumi.runtime.Mocks {
    public readonly resources: Registered[] = [];

    public newResource({ type, name, inputs }: pulumi.runtime.MockResourceArgs): {
        id: string;
        state: object;
    } {
        const short = type.replace(/^aws:ec2\/\w+:/, "");
        const given = inputs as Record<string, unknown>;
        this.resources.push({ type: short, name, inputs: given });
        return { id: `${short}-${name}`, state: { ...given, allocationId: `allocation-${name}` } };
    }

    public call(): object {
        return { names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] };
    }

    public names(type: string): readonly string[] {
        return this.resources.filter((resource) => resource.type === type).map(({ name }) => name);
    }

    public inputs(type: string, name: string): Record<string, unknown> {
        return (
            this.resources.find((resource) => resource.type === type && resource.name === name)?.inputs ?? {}
        );
    }
}

describe("awsx.ec2.Vpc of the awsx stand-in", () => {
    let recorder: Recorder;
    let provider: AwsxProvider;
    beforeEach(async () => {
        recorder = new Recorder();
        await pulumi.runtime.setMocks(recorder);
        provider = await AwsxProvider.load(cacheFolder());
    });

    async function construct(inputs: pulumi.Inputs): Promise<Record<string, unknown>> {
        const { state } = await provider.construct("shop", "awsx:ec2:Vpc", inputs, {});
        // A resource's registration goes on after its constructor: only its URN says that it is done.
        const children = Object.values(state).flat().filter(isResource);
        await Promise.all(children.map(({ urn }) => settled(urn)));
        return settled(state);
    }

    it("has the real component's children, by their names", async () => {
        const state = await construct({ numberOfAvailabilityZones: 2, natGateways: { strategy: "Single" } });
        const subnets = ["shop-public-1", "shop-private-1", "shop-public-2", "shop-private-2"];
        expect(recorder.names("Vpc")).to.deep.equal(["shop"]);
        expect(recorder.names("InternetGateway")).to.deep.equal(["shop"]);
        for (const type of ["Subnet", "RouteTable", "RouteTableAssociation", "Route"]) {
            expect([...recorder.names(type)].sort(), type).to.deep.equal([...subnets].sort());
        }
        expect(recorder.names("Eip")).to.deep.equal(["shop-1"]);
        expect(recorder.names("NatGateway")).to.deep.equal(["shop-1"]);
        expect(state).to.deep.include({
            vpcId: "Vpc-shop",
            publicSubnetIds: ["Subnet-shop-public-1", "Subnet-shop-public-2"],
            privateSubnetIds: ["Subnet-shop-private-1", "Subnet-shop-private-2"],
            isolatedSubnetIds: [],
            subnetLayout: [
                { type: "Private", cidrMask: 18 },
                { type: "Public", cidrMask: 19 },
            ],
            vpcEndpoints: [],
        });
    });

    it("routes public subnets to the internet, private ones to a NAT gateway, isolated ones nowhere", async () => {
        const subnetSpecs = [{ type: "Public" }, { type: "Private" }, { type: "Isolated" }];
        await construct({ numberOfAvailabilityZones: 1, subnetStrategy: "Auto", subnetSpecs });
        expect(recorder.inputs("Route", "shop-public-1")).to.deep.equal({
            routeTableId: "RouteTable-shop-public-1",
            destinationCidrBlock: "0.0.0.0/0",
            gatewayId: "InternetGateway-shop",
        });
        expect(recorder.inputs("Route", "shop-private-1")).to.deep.equal({
            routeTableId: "RouteTable-shop-private-1",
            destinationCidrBlock: "0.0.0.0/0",
            natGatewayId: "NatGateway-shop-1",
        });
        expect(recorder.inputs("Route", "shop-isolated-1")).to.deep.equal({});
        expect(recorder.inputs("NatGateway", "shop-1")).to.deep.include({
            allocationId: "allocation-shop-1",
        });
    });

    it("does without NAT gateways where asked, and gives the tags on", async () => {
        await construct({
            availabilityZoneNames: ["eu-west-1b"],
            cidrBlock: "10.9.0.0/16",
            enableDnsHostnames: true,
            natGateways: { strategy: "None" },
            subnetStrategy: "Auto",
            subnetSpecs: [{ type: "Isolated", tags: { tier: "data" } }],
            tags: { team: "platform" },
        });
        expect(recorder.names("NatGateway")).to.deep.equal([]);
        expect(recorder.inputs("Vpc", "shop")).to.deep.equal({
            cidrBlock: "10.9.0.0/16",
            enableDnsHostnames: true,
            tags: { Name: "shop", team: "platform" },
        });
        expect(recorder.inputs("Subnet", "shop-isolated-1")).to.deep.equal({
            vpcId: "Vpc-shop",
            availabilityZone: "eu-west-1b",
            mapPublicIpOnLaunch: false,
            cidrBlock: "10.9.0.0/16",
            tags: { Name: "shop-isolated-1", team: "platform", tier: "data", SubnetType: "Isolated" },
        });
    });

    it("names an endpoint after its service, and fills nothing in", async () => {
        const endpoint = { serviceName: "com.amazonaws.eu-west-1.s3", vpcEndpointType: "Gateway" };
        await construct({ vpcEndpointSpecs: [endpoint] });
        expect(recorder.inputs("VpcEndpoint", "com.amazonaws.eu-west-1.s3")).to.deep.equal({
            ...endpoint,
            vpcId: "Vpc-shop",
        });
    });

    async function refusal(type: string, inputs: pulumi.Inputs): Promise<string> {
        return provider.construct("shop", type, inputs, {}).then(
            () => "constructed",
            (reason: unknown) => (reason as Error).message,
        );
    }

    it("refuses inputs that it does not have or cannot follow, before anything is registered", async () => {
        expect(await refusal("awsx:ec2:Vpc", { cidr: "10.0.0.0/16", subnetStrategy: "AutoMerge" })).to.equal(
            'awsx:ec2:Vpc has no input "cidr"; ' +
                'awsx:ec2:Vpc: "subnetStrategy" of "AutoMerge" is not emulated; use Legacy, Auto, Exact',
        );
        expect(recorder.resources).to.deep.equal([]);
    });

    it("refuses NAT gateways without subnets for them, and other components", async () => {
        const isolated = { subnetStrategy: "Auto", subnetSpecs: [{ type: "Isolated" }] };
        expect(await refusal("awsx:ec2:Vpc", isolated)).to.equal(
            'natGateways.strategy is "OnePerAz", but there are no public subnets; use "None".',
        );
        expect(await refusal("awsx:ecs:FargateService", {})).to.equal(
            "awsx:ecs:FargateService is no resource type that the local awsx provider knows; it knows awsx:ec2:Vpc.",
        );
    });
});

function isResource(value: unknown): value is pulumi.Resource {
    return pulumi.Resource.isInstance(value);
}

function settled<T>(value: pulumi.Input<T>): Promise<T> {
    return new Promise((resolve) => {
        pulumi.output(value).apply((known) => {
            resolve(known as T);
        });
    });
}
