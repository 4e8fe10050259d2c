import { expect } from "chai";
import { compare } from "../../../tools/quotas/compare";
import { quotas, settings, type Planned } from "../../../tools/quotas/quotas";

const service = (name: string, desiredCount: number): Planned => ({
    type: "aws:ecs/service:Service",
    parent: `component of ${name}`,
    inputs: { name, desiredCount },
});
const definition = (family: string, cpu: string): Planned => ({
    type: "aws:ecs/taskDefinition:TaskDefinition",
    parent: "",
    inputs: { family, cpu },
});
/** As a first preview plans it: its `resourceId` holds the name of a cluster that is not there yet. */
const target = (of: string, maxCapacity: number): Planned => ({
    type: "aws:appautoscaling/target:Target",
    parent: `component of ${of}`,
    inputs: { maxCapacity },
});

function vcpu(...planned: Planned[]): { need: number; fits: boolean; quota: number } {
    const [first] = compare(quotas, planned, {});
    expect(first?.name).to.equal("Fargate On-Demand vCPU");
    return first!;
}

describe("Quotas", () => {
    it("count tasks at their most, twice, with the size of their own definition", () => {
        const shop = [
            service("orders", 3),
            service("v2-orders", 1),
            definition("traffic-dev-orders", "512"),
            definition("traffic-dev-v2-orders", "1024"),
        ];
        expect(vcpu(...shop).need).to.equal(5);
        expect(vcpu(...shop).fits).to.equal(true);
        expect(vcpu(...shop, target("orders", 6)).need).to.equal(8);
        expect(vcpu(...shop, target("orders", 6)).fits).to.equal(false);
    });

    it("say which service has no definition, instead of leaving it out", () => {
        expect(() => vcpu(service("orders", 1))).to.throw(
            'no task definition has a family that ends with "orders"',
        );
    });

    it("go by what AWS has granted, where it has", () => {
        const large = [service("orders", 4), definition("traffic-dev-orders", "1024")];
        expect(
            compare(quotas, large, {})
                .filter(({ fits }) => !fits)
                .map(({ name, need, quota }) => [name, need, quota]),
        ).to.deep.equal([["Fargate On-Demand vCPU", 8, 6]]);
        const [granted] = compare(quotas, large, { "Fargate On-Demand vCPU": 8 });
        expect(granted).to.include({ quota: 8, granted: true, fits: true });
    });

    it("count what registers in the namespace as the mesh does: at its largest, twice", () => {
        const registered = (name: string, tasks: number): Planned => {
            const { inputs, ...others } = service(name, tasks);
            return { ...others, inputs: { ...inputs, serviceRegistries: { registryArn: "unknown" } } };
        };
        const needs = compare(
            quotas,
            [
                registered("orders", 2),
                target("orders", 6),
                service("ingress", 2),
                definition("traffic-dev-orders", "256"),
                definition("traffic-dev-ingress", "256"),
            ],
            { [settings.instances]: 3000 },
        );
        const found = needs.find(({ name }) => name === "Instances per namespace");
        expect(found).to.include({ need: 12, quota: 3000, granted: true, fits: true });
    });

    it("count resources by their type, a component of awsx and its network once", () => {
        const endpoint = (vpcEndpointType: string): Planned => ({
            type: "aws:ec2/vpcEndpoint:VpcEndpoint",
            parent: "",
            inputs: { vpcEndpointType },
        });
        const planned = [
            { type: "awsx:ec2:Vpc", parent: "", inputs: {} },
            { type: "aws:ec2/vpc:Vpc", parent: "", inputs: {} },
            endpoint("Interface"),
            endpoint("Interface"),
            endpoint("Gateway"),
        ];
        const needs = Object.fromEntries(compare(quotas, planned, {}).map(({ name, need }) => [name, need]));
        expect(needs).to.include({
            VPCs: 1,
            "Interface endpoints of a VPC": 2,
            "Gateway endpoints": 1,
            "API keys": 0,
        });
    });
});
