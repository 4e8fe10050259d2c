import { expect } from "chai";
import type { DataPlaneName } from "../../../components/model/dataPlane";
import { identities, named, record, refusal } from "../../support/mocks";
import { createMesh, placement } from "./support";

describe("ServiceMesh", () => {
    it("makes exactly these resources; renaming one needs an alias", async () => {
        const resources = await record(() => createMesh());
        expect(identities(resources)).to.deep.equal([
            "aws:ec2/securityGroup:SecurityGroup mesh-members < mesh",
            "aws:ecs/cluster:Cluster mesh-cluster < mesh",
            "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace mesh < mesh",
            "aws:ssm/parameter:Parameter mesh-authority-trust < mesh-authority",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule mesh-members-endpoints < mesh",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule mesh-members-out < mesh",
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule mesh-members-s3 < mesh",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule mesh-endpoints-members < mesh",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule mesh-members-in < mesh",
            "shop:mesh:MeshAuthority mesh-authority < mesh",
            "shop:mesh:ServiceMesh mesh",
            "tls:index/privateKey:PrivateKey mesh-authority-key < mesh-authority",
            "tls:index/selfSignedCert:SelfSignedCert mesh-authority < mesh-authority",
        ]);
    });

    it("opens one port, from members to members", async () => {
        const resources = await record(() => createMesh());
        const opened = {
            ipProtocol: "tcp",
            fromPort: 15443,
            toPort: 15443,
            securityGroupId: "mesh-members_id",
        };
        for (const rule of ["mesh-members-in", "mesh-members-out"]) {
            expect(named(resources, rule).inputs).to.deep.include({
                ...opened,
                referencedSecurityGroupId: "mesh-members_id",
            });
        }
        const rules = resources.filter(({ type }) => type.startsWith("aws:vpc/securityGroup"));
        expect(rules.filter(({ inputs }) => "cidrIpv4" in inputs || "cidrIpv6" in inputs)).to.deep.equal([]);
    });

    it("protects the authority's key and certificate where the stack asks for it", async () => {
        const resources = await record(() => createMesh({ placement: { ...placement, protect: true } }));
        const kept = resources.filter((resource) => resource.protect).map(({ name }) => name);
        expect(kept.sort()).to.deep.equal(["mesh-authority", "mesh-authority-key"]);
    });

    it("has both authorities while they rotate, and protects the one that signs", async () => {
        const rotation = { from: { generation: 1 }, to: { generation: 2 } } as const;
        const authoritiesAt = async (stage: "prepare" | "switch" | "retire"): Promise<string[]> => {
            const resources = await record(() =>
                createMesh({
                    placement: { ...placement, protect: true },
                    certificateAuthority: { ...rotation, stage },
                }),
            );
            return resources
                .filter(({ type }) => type.startsWith("tls:"))
                .map((resource) => `${resource.name}${resource.protect ? " protected" : ""}`)
                .sort();
        };
        expect(await authoritiesAt("prepare")).to.deep.equal([
            "mesh-authority protected",
            "mesh-authority-2",
            "mesh-authority-2-key",
            "mesh-authority-key protected",
        ]);
        expect(await authoritiesAt("switch")).to.deep.equal([
            "mesh-authority",
            "mesh-authority-2 protected",
            "mesh-authority-2-key protected",
            "mesh-authority-key",
        ]);
        expect(await authoritiesAt("retire")).to.deep.equal([
            "mesh-authority-2 protected",
            "mesh-authority-2-key protected",
        ]);
    });

    it("reports an authority and lifetimes that cannot be", async () => {
        let message = "";
        await record(() => {
            try {
                createMesh({
                    certificateAuthority: { generation: 0 },
                    certificates: { validityHours: 8760, renewalHours: 0 },
                });
            } catch (error) {
                message = String(error);
            }
        });
        expect(message).to.contain("certificateAuthority.generation is 0; use a whole number from 1");
        expect(message).to.contain("certificates.validityHours is 8760; use 2 to 720 hours");
        expect(message).to.contain("certificates.renewalHours is 0; use at least 1 hour, and less than");
    });

    it("makes no cluster where one is brought", async () => {
        const resources = await record(() =>
            createMesh({ clusterArn: "arn:aws:ecs:eu-central-1:1:cluster/own" }),
        );
        expect(resources.filter(({ type }) => type === "aws:ecs/cluster:Cluster")).to.deep.equal([]);
    });

    it("registers the call graph", async () => {
        const resources = await record(() => createMesh());
        expect(named(resources, "mesh", "shop:mesh:ServiceMesh").outputs).to.deep.include({
            trustDomain: "shop.internal",
            callers: { cart: ["ingress"], stock: ["cart"] },
        });
    });

    it("refuses a data plane that it does not know", async () => {
        const { message } = await refusal((attempt) => {
            attempt(() => createMesh({ dataPlane: "linkerd" as DataPlaneName }));
        });
        expect(message).to.contain('ServiceMesh "mesh": dataPlane is "linkerd"; use one of envoy');
    });

    it("reports every issue at once, before any child exists", async () => {
        const { message, resources } = await refusal((attempt) => {
            attempt(() =>
                createMesh({
                    services: { cart: { localPort: 9001, calls: ["cart", "stock"] } },
                    proxy: { image: "envoy" },
                }),
            );
        });
        expect(message).to.equal(
            [
                'ServiceMesh "mesh": 3 issues',
                '  - services.cart.calls[0] is "cart"; use another service: a service reaches itself without the mesh',
                '  - services.cart.calls[1] is "stock"; use one of ',
                '  - proxy.image is "envoy"; use an image by digest ("…@sha256:<64 hex digits>") or by an exact tag ("…:1.4.2"), not a tag that moves',
            ].join("\n"),
        );
        expect(resources.map(({ name }) => name)).to.deep.equal(["mesh"]);
    });
});
