import { expect } from "chai";
import { MeshedService } from "../../../components/mesh/MeshedService";
import type { MeshServiceDefinition } from "../../../components/model/mesh";
import { record, refusal } from "../../support/mocks";
import { cartImage, createMesh } from "./support";

const firstPort = 20_000;

/** Services in a ring: each calls the next `callees`. */
function ring(count: number, callees = 3): Readonly<Record<string, MeshServiceDefinition>> {
    const nameOf = (index: number): string => `service-${index % count}`;
    const entries = Array.from({ length: count }, (_, index) => {
        const calls = Array.from({ length: callees }, (__, step) => nameOf(index + step + 1));
        return [nameOf(index), { localPort: firstPort + index, calls }] as const;
    });
    return Object.fromEntries(entries);
}

const inRing = (count: number, more: object = {}): ReturnType<typeof createMesh> =>
    createMesh({ services: ring(count), ingress: [{ api: "all", service: "service-0" }], ...more });

async function refused(count: number, more: object = {}): Promise<string> {
    const { message, resources } = await refusal((attempt) => {
        attempt(() => inRing(count, more));
    });
    expect(resources.map(({ name }) => name)).to.deep.equal(["mesh"]);
    return message;
}

describe("A mesh that grows", function () {
    this.timeout(30_000);

    it("has as many security group rules with 400 services as with 4", async () => {
        const rules = async (count: number): Promise<readonly string[]> =>
            (await record(() => inRing(count)))
                .map(({ type }) => type)
                .filter((type) => type.endsWith("Rule"));
        expect(await rules(400)).to.deep.equal(await rules(4));
    });

    it("is refused with the first member for which the account has no roles", async () => {
        expect(await refused(500)).to.equal(
            'ServiceMesh "mesh": services is "501 members"; use at most 500, because there are 1000 IAM roles of the account: "service-499" is the first too many; let another account or another mesh have the services after that, or set quotas.roles once AWS has granted more (Service Quotas, IAM, "Roles per account").',
        );
        const { message } = await refusal((attempt) => {
            attempt(() => inRing(499));
            attempt(() => undefined);
        }).catch((error: unknown) => ({ message: String(error) }));
        expect(message).not.to.contain("first too many");
    });

    it("is refused with what parameters and clusters hold, once there are roles enough", async () => {
        const message = await refused(5100, { quotas: { roles: 20_000 } });
        expect(message).to.contain(
            'use at most 4999, because there are 10000 standard parameters of the region: "service-4998" is the first too many',
        );
        expect(message).to.contain(
            'use at most 5000, because there are 5000 services of an ECS cluster: "service-4999" is the first too many',
        );
    });

    it("is refused with the first service whose tasks the namespace has no room for", async () => {
        const { message } = await refusal((attempt) => {
            const mesh = inRing(10, { quotas: { instances: 100 } });
            const deploy = (index: number, desiredCount: number): void => {
                new MeshedService(`service-${index}`, { mesh, image: cartImage, port: 8080, desiredCount });
            };
            deploy(0, 20);
            deploy(1, 20);
            attempt(() => {
                deploy(2, 11);
            });
        });
        expect(message).to.contain(
            'MeshedService "service-2": desiredCount is 11; use at most 10: the namespace shop.internal may have 100 instances (AWS Cloud Map service quotas, "Instances per namespace"), and the services before this one take 80 of them',
        );
    });

    it("is refused with a service whose bootstrap has too many callees, or whose role too many secrets", async () => {
        const { message } = await refusal((attempt) => {
            const mesh = createMesh({
                services: ring(60, 40),
                ingress: [{ api: "all", service: "service-0" }],
            });
            attempt(() => new MeshedService("service-1", { mesh, image: cartImage, port: 8080 }));
        });
        expect(message).to.match(
            /MeshedService "service-1": containerDefinitions is "\d+ KiB"; use at most 56 KiB: call fewer services/,
        );
        const secrets = Object.fromEntries(
            Array.from({ length: 100 }, (_, index) => [
                `SECRET_${index}`,
                {
                    secretArn: `arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/service-1/value-${index}-AbCdEf`,
                },
            ]),
        );
        const second = await refusal((attempt) => {
            const mesh = inRing(4);
            attempt(() => new MeshedService("service-1", { mesh, image: cartImage, port: 8080, secrets }));
        });
        expect(second.message).to.match(
            /secrets is "1\d,\d+ characters of policy"; use at most 10,240, which IAM lets a role's own policies have: put several values into one secret/,
        );
    });
});
