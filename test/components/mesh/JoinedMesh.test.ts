import { expect } from "chai";
import * as pulumi from "@pulumi/pulumi";
import { readContract } from "../../../components/mesh/contracts";
import { fingerprint } from "../../../components/anchors";
import type { JoinedMeshArgs } from "../../../components/mesh/JoinedMesh";
import type { MeshHandOver } from "../../../components/mesh/handOver";
import { MeshedService } from "../../../components/mesh/MeshedService";
import { ServiceMesh } from "../../../components/mesh/ServiceMesh";
import { named } from "../../support/mocks";
import { record, type MockOptions, type RecordedResource } from "../../support/mocks";
import { cartImage, createMesh } from "./support";

const stack = "organization/platform/dev";
const services: JoinedMeshArgs["services"] = {
    loyalty: { localPort: 9201, calls: ["cart"], foreignCallers: { stock: {}, ingress: {} } },
};

const issuing: MockOptions = {
    computed: (type) =>
        type === "tls:index/locallySignedCert:LocallySignedCert"
            ? { validityEndTime: "2026-12-24T00:00:00Z" }
            : type === "aws:ssm/parameter:Parameter"
              ? { version: 1 }
              : {},
};

/** What the platform's stack exports. */
async function handedOver(): Promise<MeshHandOver> {
    let result: MeshHandOver | undefined;
    await record(() => {
        const { handOver } = createMesh({
            guests: { loyalty: {} },
            services: {
                cart: { localPort: 9001, calls: ["stock"], foreignCallers: { loyalty: {} } },
                stock: { localPort: 9002 },
            },
        });
        handOver.apply((value) => {
            result = value;
        });
    }, issuing);
    return result!;
}

function exporting(outputs: object, secretOutputNames: readonly string[] = []): MockOptions {
    return {
        computed: (type) => (type === "pulumi:pulumi:StackReference" ? { outputs, secretOutputNames } : {}),
    };
}

async function joined(
    args: JoinedMeshArgs,
    options: MockOptions,
    use: (mesh: Awaited<ReturnType<typeof ServiceMesh.fromStack>>) => void = () => undefined,
): Promise<readonly RecordedResource[]> {
    return record(async () => {
        use(await ServiceMesh.fromStack("mesh", new pulumi.StackReference(stack), args));
    }, options);
}

async function refused(args: JoinedMeshArgs, options: MockOptions): Promise<string> {
    try {
        await joined(args, options);
    } catch (error) {
        return (error as Error).message;
    }
    throw new Error("nothing was refused");
}

describe("ServiceMesh.fromStack", () => {
    let meshHandOver: MeshHandOver;

    before(async () => {
        meshHandOver = await handedOver();
    });

    it("gives a service all that it needs, and makes nothing of the mesh's own", async () => {
        const resources = await joined({ services }, exporting({ meshHandOver }), (mesh) => {
            new MeshedService("loyalty", { mesh, image: cartImage, port: 8080 });
        });
        expect(resources.map(({ type, name }) => `${type} ${name}`)).to.have.members([
            "shop:mesh:JoinedMesh mesh",
            "shop:mesh:MeshedService loyalty",
            "shop:mesh:MemberTask loyalty",
            "aws:cloudwatch/logGroup:LogGroup loyalty-logs",
            "aws:iam/role:Role loyalty-execution",
            "aws:iam/rolePolicy:RolePolicy loyalty-execution-policy",
            "aws:iam/role:Role loyalty-task",
            "aws:ecs/taskDefinition:TaskDefinition loyalty",
            "aws:servicediscovery/service:Service loyalty",
            "aws:ecs/service:Service loyalty",
        ]);
        const { inputs } = named(resources, "loyalty", "aws:ecs/service:Service");
        expect(inputs).to.deep.include({
            triggers: {
                certificateValidUntil: meshHandOver.guests.loyalty!.validUntil,
                trustedAuthorities: meshHandOver.trustVersion,
            },
        });
        const task = JSON.stringify(
            named(resources, "loyalty", "aws:ecs/taskDefinition:TaskDefinition").inputs,
        );
        expect(task).to.contain("/shop-test/mesh/loyalty/private-key");
        expect(task).to.contain("CART_URL");
    });

    it("has room for as many tasks as the mesh's own stack keeps for it", async () => {
        const messages: string[] = [];
        await joined({ services }, exporting({ meshHandOver }), (mesh) => {
            for (const desiredCount of [10, 11]) {
                try {
                    new MeshedService("loyalty", { mesh, image: cartImage, port: 8080, desiredCount });
                } catch (error) {
                    messages.push((error as Error).message);
                }
            }
        });
        expect(messages).to.deep.equal([
            'MeshedService "loyalty": desiredCount is 11; use at most 10: organization/platform/dev keeps room for so many, as guests.loyalty.tasks of its mesh says.',
        ]);
    });

    it("registers who may call whom, and what the other stack says", async () => {
        const resources = await joined({ services }, exporting({ meshHandOver }));
        const { outputs } = named(resources, "mesh", "shop:mesh:JoinedMesh");
        expect(outputs).to.deep.include({
            callers: { loyalty: ["ingress", "stock"] },
            stack,
            contracts: {
                [stack]: {
                    cart: { callers: ["ingress", "loyalty"], deployments: ["cart"] },
                    stock: { callers: ["cart"], deployments: ["stock"] },
                },
            },
        });
        expect(fingerprint(outputs!.anchors as Record<string, string>)).to.equal(meshHandOver.fingerprint);
    });

    it("reports every issue at once, with what the owner has to do", async () => {
        const message = await refused(
            {
                services: {
                    loyalty: { localPort: 9001, calls: ["cart", "stock"] },
                    tax: { localPort: 9300, foreignCallers: { nobody: {} } },
                },
            },
            exporting({ meshHandOver }),
        );
        expect(message).to.equal(
            [
                'ServiceMesh.fromStack "mesh": 4 issues',
                '  - services.loyalty.calls[1] is "stock"; use a service that lets loyalty in: stock belongs to another stack, whose owner must name loyalty under its foreignCallers and deploy that first',
                "  - services.loyalty.localPort is 9001; use a port other than that of cart",
                '  - services.tax is "tax"; use a guest of the mesh, to which organization/platform/dev has given an identity: loyalty',
                '  - services.tax.foreignCallers is "nobody"; use a member of the mesh that another stack deploys: ingress, cart, stock',
            ].join("\n"),
        );
    });

    it("takes no secret, no other form, and not less than it needs", async () => {
        const output = `Stack "${stack}": output "meshHandOver"`;
        expect(await refused({ services }, exporting({ meshHandOver }, ["meshHandOver"]))).to.equal(
            `${output} is a secret; nothing that is handed over is one, export it as the component gives it.`,
        );
        expect(await refused({ services }, exporting({}))).to.equal(
            `${output} is missing; export it there, and deploy that stack first.`,
        );
        const later = { ...meshHandOver, format: 2 };
        expect(await refused({ services }, exporting({ meshHandOver: later }))).to.equal(
            `${output} has format 2; use 1: deploy both stacks with one version of the components.`,
        );
        const { guests, ...less } = meshHandOver;
        expect(guests).to.have.keys("loyalty");
        expect(await refused({ services }, exporting({ meshHandOver: less }))).to.equal(
            `${output} lacks guests; deploy that stack first.`,
        );
    });
});

describe("A mesh whose services call another stack's", () => {
    it("reads what that stack declares, and lets nobody call whom it does not let in", async () => {
        const { services: contract, trustDomain } = await handedOver();
        const meshContract = { format: 1, trustDomain, services: contract };
        let message = "";
        await record(async () => {
            const contracts = [await readContract(new pulumi.StackReference("organization/carts/dev"))];
            try {
                createMesh({
                    contracts,
                    ingress: [
                        { api: "carts", service: "cart" },
                        { api: "stock", service: "stock" },
                    ],
                    services: { loyalty: { localPort: 9201, calls: ["cart", "stock"] } },
                });
            } catch (error) {
                message = (error as Error).message;
            }
        }, exporting({ meshContract }));
        expect(message).to.equal(
            [
                'ServiceMesh "mesh": 2 issues',
                '  - services.loyalty.calls[1] is "stock"; use a service that lets loyalty in: stock belongs to another stack, whose owner must name loyalty under its foreignCallers and deploy that first',
                '  - ingress[1].service is "stock"; use a service that lets ingress in: stock belongs to another stack, whose owner must name ingress under its foreignCallers and deploy that first',
            ].join("\n"),
        );
    });

    it("gives guests an identity, and lets in no caller without one", async () => {
        const resources = await record(() => createMesh({ guests: { loyalty: { versions: ["canary"] } } }));
        const certificates = resources.filter(
            ({ type }) => type === "tls:index/locallySignedCert:LocallySignedCert",
        );
        expect(certificates.map(({ name }) => name)).to.deep.equal([
            "mesh-guest-loyalty",
            "mesh-guest-loyalty-canary",
        ]);
        const uris = resources
            .filter(({ type }) => type === "tls:index/certRequest:CertRequest")
            .map(({ inputs }) => inputs.uris);
        expect(uris).to.deep.equal([["spiffe://shop.internal/loyalty"], ["spiffe://shop.internal/loyalty"]]);
        let message = "";
        await record(() => {
            try {
                createMesh({
                    guests: { cart: {}, Loyalty: {} },
                    services: { cart: { localPort: 9001, foreignCallers: { tax: {}, cart: {} } } },
                });
            } catch (error) {
                message = (error as Error).message;
            }
        });
        expect(message).to.contain(
            'services.cart.foreignCallers.cart is "cart"; use a caller of another stack',
        );
        expect(message).to.contain('guests.cart is "cart"; use a name that no other member has');
        expect(message).to.contain('guests.Loyalty is "Loyalty"; use a DNS label');
        expect(message).to.contain(
            'services.cart.foreignCallers is "tax"; use a member of the mesh that another stack deploys',
        );
    });
});
