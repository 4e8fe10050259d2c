import { expect } from "chai";
import { ingressLoadBalancer, MeshIngress } from "../../components/mesh/MeshIngress";
import { MeshedService, type MeshedServiceArgs } from "../../components/mesh/MeshedService";
import type { ServiceMesh } from "../../components/mesh/ServiceMesh";
import { PlainEntrance } from "../../components/migration/PlainEntrance";
import { InternalLoadBalancer } from "../../components/network/InternalLoadBalancer";
import { ringOfServices } from "../../tools/bench/programs/ringOfServices";
import { firstRefused } from "../support/growth";
import { record } from "../support/mocks";
import { cartImage, createMesh } from "./mesh/support";

const gateway = { clientCertificatePem: "PEM", securityGroupId: "sg-gateway" };

const inRing = (count: number, more: object = {}): ServiceMesh =>
    createMesh({ services: ringOfServices(count), ingress: [{ api: "all", service: "service-0" }], ...more });

function deploy(mesh: ServiceMesh, index: number, more: Partial<MeshedServiceArgs> = {}): MeshedService {
    return new MeshedService(`service-${index}`, { mesh, image: cartImage, port: 8080, ...more });
}

/** As many services, each behind an API of its own. */
const behindApis = (count: number, more: object = {}): ServiceMesh =>
    inRing(Math.max(count, 4), {
        ingress: Array.from({ length: count }, (_, index) => ({
            api: `api-${index}`,
            service: `service-${index}`,
        })),
        ...more,
    });

function plainEntrance(mesh: ServiceMesh): PlainEntrance {
    const loadBalancer = new InternalLoadBalancer("entry", ingressLoadBalancer(mesh));
    return new PlainEntrance("plain", {
        mesh,
        loadBalancer,
        gatewayGroupId: "sg-gateway",
        applicationPort: 8080,
    });
}

describe("A generated catalogue that grows", function () {
    this.timeout(120_000);

    it("in services: meets the account's roles first, and says which service is too many", async () => {
        const { count, message } = await firstRefused((services) => inRing(services), 256);
        expect(count).to.equal(500);
        expect(message).to.equal(
            'ServiceMesh "mesh": services is "501 members"; use at most 500 (Roles per account: 1000): "service-499" is the first too many; let another account or another mesh have the services after that, or set quotas.roles once AWS has granted more (Service Quotas, IAM, L-FE177D64).',
        );
    });

    it("in services, once there are roles enough: meets parameters, then the cluster", async () => {
        const grow = (services: number): unknown => inRing(services, { quotas: { roles: 20_000 } });
        const messages: string[] = [];
        await record(() => {
            for (const services of [5000, 5100]) {
                try {
                    grow(services);
                } catch (error) {
                    messages.push((error as Error).message);
                }
            }
        });
        expect(messages[0]).to.contain(
            'at most 4999 (Standard parameters: 10000): "service-4998" is the first too many',
        );
        expect(messages[1]).to.contain(
            'at most 5000 (Services of an ECS cluster: 5000): "service-4999" is the first too many',
        );
    });

    it("in security group rules: has as many with 400 services as with 4", async () => {
        const rules = async (count: number): Promise<readonly string[]> =>
            (await record(() => inRing(count)))
                .map(({ type }) => type)
                .filter((type) => type.endsWith("Rule"));
        expect(await rules(400)).to.deep.equal(await rules(4));
    });

    it("in tasks: meets the namespace's instances, at the service that has no room", async () => {
        const { count, message } = await firstRefused((services) => {
            const mesh = inRing(8, { quotas: { instances: 200 }, guests: { elsewhere: { tasks: 20 } } });
            for (let index = 0; index < services; index += 1) {
                deploy(mesh, index, { desiredCount: 2, scaling: { maximum: 30, requestsPerMinute: 600 } });
            }
        });
        expect(count).to.equal(3);
        expect(message).to.equal(
            'MeshedService "service-2": desiredCount is 30; use at most 20: the namespace shop.internal, besides its guests, may have 160 (AWS Cloud Map developer guide: AWS Cloud Map service quotas, "Instances per namespace"), and the services before this one take 120 of them, each at its largest and twice while it is deployed; or fewer tasks there, or quotas.instances of the mesh once AWS has granted more.',
        );
    });

    it("in guests: meets the instances that are kept for them", async () => {
        const { count, message } = await firstRefused((guests) => {
            const names = Array.from({ length: guests }, (_, i) => [`guest-${i}`, { tasks: 30 }] as const);
            inRing(4, { quotas: { instances: 1000 }, guests: Object.fromEntries(names) });
        }, 16);
        expect(count).to.equal(17);
        expect(message).to.contain('guests is "1020 instances"; use guests whose tasks');
    });

    it("in callees of a service: meets the size of a task definition", async () => {
        const { count, message } = await firstRefused((callees) => {
            deploy(inRing(64, { services: ringOfServices(64, callees) }), 1);
        }, 16);
        expect(count).to.be.within(20, 60);
        expect(message).to.match(
            /^MeshedService "service-1": containerDefinitions is "57 KiB"; use at most 56 KiB: call fewer services/,
        );
    });

    it("in secrets and permissions of a service: meets the size of a role's policies", async () => {
        const arn = (index: number): string =>
            `arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/service-1/value-${index}-AbCdEf`;
        const many = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => arn(i));
        const bySecrets = await firstRefused((count) => {
            const secrets = many(count).map((secretArn, i) => [`SECRET_${i}`, { secretArn }] as const);
            deploy(inRing(4), 1, { secrets: Object.fromEntries(secrets) });
        }, 50);
        expect(bySecrets.message).to.match(
            /^MeshedService "service-1": secrets is "10,\d+ characters of policy"; use at most 10,240.*several values into one secret/,
        );
        const byStatements = await firstRefused((count) => {
            const statement = { Action: ["secretsmanager:GetSecretValue"], Resource: [...many(count)] };
            deploy(inRing(4), 1, { taskRoleStatements: [statement] });
        }, 50);
        expect(byStatements.message).to.match(
            /^MeshedService "service-1": taskRoleStatements is "10,\d+ characters of policy"; use at most 10,240/,
        );
        for (const { count } of [bySecrets, byStatements]) {
            expect(count).to.be.within(50, 150);
        }
    });

    it("in security groups of a service: meets those of a task", async () => {
        const { count, message } = await firstRefused((groups) => {
            const securityGroupIds = Array.from({ length: groups }, (_, index) => `sg-${index}`);
            deploy(inRing(4), 1, { securityGroupIds });
        }, 4);
        expect(count).to.equal(5);
        expect(message).to.equal(
            'MeshedService "service-1": securityGroupIds is "5 groups"; use at most 4, because ECS takes 5 security groups of a task and one is the mesh\'s: put rules of several groups into one.',
        );
    });

    it("in services behind APIs: meets the ingress's task definition", async () => {
        const { count, message } = await firstRefused((services) => {
            new MeshIngress("ingress", { mesh: behindApis(services), gateway });
        }, 24);
        expect(count).to.be.within(30, 50);
        expect(message).to.match(
            /^MeshIngress "ingress": containerDefinitions is "5[78] KiB"; use at most 56 KiB: let fewer services stand behind APIs, for example one that passes requests on to others\.$/,
        );
    });

    it("in services behind APIs before the ingress: meets the load balancer's listeners, which rules have room for", async () => {
        const { count, message } = await firstRefused((services) => plainEntrance(behindApis(services)), 49);
        expect(count).to.equal(50);
        expect(message).to.equal(
            'PlainEntrance "plain": mesh.ingress is "50 services behind APIs"; use at most 49 (Listeners per Network Load Balancer: 50, one of them the ingress\'s): "service-49" is the first too many; move services to the ingress (phase 3) before more get an API.',
        );
    });

    it("in tasks behind APIs before the ingress: meets the load balancer's targets", async () => {
        const migration = { phase: 1, applicationPort: 8080 } as const;
        const { count, message } = await firstRefused((services) => {
            const mesh = behindApis(8, { migration });
            const entrance = plainEntrance(mesh);
            for (let index = 0; index < services; index += 1) {
                const plainTarget = entrance.targetOf(`service-${index}`)!;
                deploy(mesh, index, { desiredCount: 30, plainTarget });
            }
        }, 4);
        expect(count).to.equal(8);
        expect(message).to.match(
            /^MeshedService "service-7": desiredCount is 30; use at most 10: the load balancer, besides the ingress, may have 440 \(Network Load Balancers: quotas,/,
        );
    });
});
