import { expect } from "chai";
import { ingressLoadBalancer } from "../../../components/mesh/MeshIngress";
import { PlainCalls } from "../../../components/migration/PlainCalls";
import { PlainEntrance } from "../../../components/migration/PlainEntrance";
import { InternalLoadBalancer } from "../../../components/network/InternalLoadBalancer";
import { identities, named, record, type RecordedResource } from "../../support/mocks";
import { createMesh } from "../mesh/support";

const applicationPort = 8080;

async function deploy(): Promise<readonly RecordedResource[]> {
    const all = await record(() => {
        const mesh = createMesh();
        const loadBalancer = new InternalLoadBalancer("entry", ingressLoadBalancer(mesh));
        new PlainEntrance("plain", { mesh, loadBalancer, gatewayGroupId: "sg-gateway", applicationPort });
        new PlainCalls("calls", { mesh, applicationPort });
    });
    return all.filter(({ name }) => /^(entry|plain|calls)/.test(name));
}

describe("PlainEntrance, PlainCalls and InternalLoadBalancer", () => {
    it("make exactly these resources; renaming one needs an alias", async () => {
        expect(identities(await deploy())).to.deep.equal([
            "aws:ec2/securityGroup:SecurityGroup entry-load-balancer < entry",
            "aws:lb/listener:Listener plain-cart < plain",
            "aws:lb/loadBalancer:LoadBalancer entry < entry",
            "aws:lb/targetGroup:TargetGroup plain-cart < plain",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule calls-members-out < calls",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule plain-applications-out < plain",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule plain-cart-out < plain",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule calls-members-in < calls",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule plain-applications-in < plain",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule plain-cart-in < plain",
            "shop:migration:PlainCalls calls",
            "shop:migration:PlainEntrance plain",
            "shop:network:InternalLoadBalancer entry",
        ]);
    });

    it("listen on the port that a service has in the mesh, for services behind an API only", async () => {
        const listener = named(await deploy(), "plain-cart", "aws:lb/listener:Listener");
        expect(listener.inputs).to.deep.include({ port: 9001, protocol: "TCP" });
    });

    it("ask applications for their health by HTTP, on their own port", async () => {
        const { inputs } = named(await deploy(), "plain-cart", "aws:lb/targetGroup:TargetGroup");
        expect(inputs).to.deep.include({ port: 8080, protocol: "TCP", targetType: "ip" });
        expect(inputs.healthCheck).to.deep.include({ protocol: "HTTP", path: "/healthz" });
    });

    it("are open step by step, from the gateway's group to members", async () => {
        const rules = (await deploy()).filter(({ type }) => type.includes("IngressRule"));
        const steps = rules.map(
            ({ inputs, name }) =>
                `${name}: ${String(inputs.referencedSecurityGroupId)} to ${String(inputs.securityGroupId)} on ${String(inputs.fromPort)}`,
        );
        expect(steps.sort()).to.deep.equal([
            "calls-members-in: mesh-members_id to mesh-members_id on 8080",
            "plain-applications-in: entry-load-balancer_id to mesh-members_id on 8080",
            "plain-cart-in: sg-gateway to entry-load-balancer_id on 9001",
        ]);
    });
});
