import { expect } from "chai";
import * as http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { memberIdentity } from "../../local/lab/identities";
import type { Instance } from "../../local/lab/Instance";
import { MeshLab } from "../../local/lab/MeshLab";
import { send } from "../../local/lab/requests";
import { services } from "../../stacks/catalogue";
import { certificateOf, RotatingMesh, trusts, type Deployed } from "../support/engine/rotatingMesh";
import { requireEnvoy } from "../support/envoy";

const [caller, callee] = ["order-service", "payment-service"] as const;
const port = services[callee].localPort;
const dayMs = 86_400_000;
const [one, two] = [{ generation: 1 }, { generation: 2 }];
const privateCa = {
    privateCaArn:
        "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b2c3d-0000-4000-8000-0123456789ab",
};

/** What each of the writers waits between two writes, in milliseconds: the proxies need the processor too. */
const BETWEEN = 10;

/** Writes that are in flight all the time: none of them may be repeated, so that each failure shows. */
class Writes {
    readonly statuses: number[] = [];
    readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
    readonly #workers: Promise<unknown>;
    #ending = false;

    constructor(instance: Instance) {
        const worker = async (): Promise<void> => {
            while (!this.#ending) {
                const request = { method: "POST", path: "/charges", agent: this.#agent };
                const status = await send(instance.address, port, request).then(
                    (response) => response.status,
                    () => 0,
                );
                this.statuses.push(status);
                await pause(BETWEEN);
            }
        };
        this.#workers = Promise.all([worker(), worker()]);
    }

    async end(): Promise<readonly number[]> {
        this.#ending = true;
        await this.#workers;
        this.#agent.destroy();
        return this.statuses;
    }
}

/** The lab's members, replaced one by one with what another deploy made, as ECS does it. */
class RollingMesh {
    private constructor(
        readonly lab: MeshLab,
        private callers: Instance,
        private callees: Instance,
    ) {}

    static async start(context: Mocha.Context, { proxies }: Deployed): Promise<RollingMesh> {
        const binary = await requireEnvoy(context);
        const lab = await MeshLab.start(binary, proxies, [callee, caller], { network: 30 });
        const [callers, callees] = [lab.instances(caller)[0]!, lab.instances(callee)[0]!];
        await knows(callers, 1);
        return new RollingMesh(lab, callers, callees);
    }

    /** Statuses of all writes while old and new instances call each other in every combination. */
    async rollOut({ proxies }: Deployed): Promise<readonly number[]> {
        const [oldCaller, oldCallee] = [this.callers, this.callees];
        const before = new Writes(oldCaller);
        const [newCallee] = await this.lab.add(callee, 1, proxies.get(callee));
        await knows(oldCaller, 2);
        const [newCaller] = await this.lab.add(caller, 1, proxies.get(caller));
        await knows(newCaller!, 2);
        const after = new Writes(newCaller!);
        const seen = [newCallee!.stub.seen.length, oldCallee.stub.seen.length];
        await moreSeen([newCallee!, oldCallee], seen);
        const early = await before.end();
        await Promise.all([oldCaller.terminate(), oldCallee.terminate()]);
        this.lab.deregister(oldCallee);
        await knows(newCaller!, 1);
        [this.callers, this.callees] = [newCaller!, newCallee!];
        return [...early, ...(await after.end())];
    }
}

async function knows(instance: Instance, count: number): Promise<void> {
    const name = `cluster.${callee}.membership_healthy`;
    await until(async () => (await instance.envoy.statistic(name)) === count, `${count} healthy`);
}

async function moreSeen(instances: readonly Instance[], before: readonly number[]): Promise<void> {
    const isMore = (): boolean =>
        instances.every(({ stub }, index) => stub.seen.length >= (before[index] ?? 0) + 50);
    await until(() => Promise.resolve(isMore()), "requests to old and new");
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
    for (let attempt = 0; !(await holds()); attempt += 1) {
        if (attempt > 3000) {
            throw new Error(`not within five minutes: ${what}`);
        }
        await pause(100);
    }
}

/** Everybody deployed with the one must accept everybody deployed with the other. */
function expectMutualTrust(before: Deployed, after: Deployed): void {
    for (const [name, old] of before.proxies) {
        for (const [other, fresh] of after.proxies) {
            expect(trusts(old, fresh), `${name} before, ${other} after`).to.equal(true);
            expect(trusts(fresh, old), `${other} after, ${name} before`).to.equal(true);
        }
    }
}

function ownKeys({ stack }: Deployed): readonly string[] {
    const names = (stack.deployment.resources ?? []).map(({ urn }) => urn.split("::").at(-1) ?? "");
    return names.filter((name) => /^mesh-authority(-\d+)?-key$/.test(name)).sort();
}

describe("Certificates change while traffic runs", () => {
    let deploys: RotatingMesh;
    let mesh: RollingMesh;
    let last: Deployed;
    let signedByOne: Deployed;

    const next = async (authority: object | undefined, environment = {}): Promise<Deployed> => {
        const deployed = await deploys.deploy(authority, environment);
        expectMutualTrust(last, deployed);
        const statuses = await mesh.rollOut(deployed);
        expect(statuses.length).to.be.greaterThan(100);
        expect(statuses.filter((status) => status !== 200)).to.deep.equal([]);
        const was = last;
        last = deployed;
        return was;
    };

    before(async function () {
        deploys = await RotatingMesh.create();
        const sixteenDaysAgo = new Date(Date.now() - 16 * dayMs).toISOString();
        last = await deploys.deploy(undefined, { LOCAL_CLOCK: sixteenDaysAgo });
        mesh = await RollingMesh.start(this, last);
    });

    after(async () => {
        await (mesh as RollingMesh | undefined)?.lab.stop();
        deploys.engine.remove();
    });

    it("renews certificates that are due, and starts a deployment of every service", async () => {
        const was = await next(undefined);
        for (const [name, { environment }] of last.proxies) {
            const before = was.proxies.get(name);
            expect(environment.MESH_CERTIFICATE, name).not.to.equal(before?.environment.MESH_CERTIFICATE);
            expect(environment.MESH_PRIVATE_KEY, name).to.equal(before?.environment.MESH_PRIVATE_KEY);
            expect(environment.MESH_TRUST, name).to.equal(before?.environment.MESH_TRUST);
        }
        const [then, now] = [triggers(was), triggers(last)];
        expect(Object.keys(now)).to.have.length(2);
        for (const [service, trigger] of Object.entries(now)) {
            expect(trigger, service).not.to.equal(then[service]);
        }
    });

    it("refuses to switch or to retire before everybody trusts the new authority, at preview and on the way", async () => {
        for (const setting of [{ from: one, to: two, stage: "switch" }, two]) {
            for (const run of [await deploys.preview(setting), await deploys.up(setting)]) {
                expect(run.code).not.to.equal(0);
                expect(run.output).to.contain(
                    "certificateAuthority: own-2 would sign, but running members trust own-1 only; rotate in three deploys",
                );
            }
        }
        const left = await deploys.deployed();
        for (const [name, { environment }] of left.proxies) {
            expect(environment, name).to.deep.equal(last.proxies.get(name)?.environment);
        }
    });

    it("prepare: everybody trusts both, nobody has another certificate", async () => {
        const was = await next({ from: one, to: two, stage: "prepare" });
        expect(ownKeys(last)).to.deep.equal(["mesh-authority-2-key", "mesh-authority-key"]);
        for (const [name, proxy] of last.proxies) {
            expect(certificateOf(proxy).fingerprint256).to.equal(
                certificateOf(was.proxies.get(name)!).fingerprint256,
            );
        }
    });

    it("switch: everybody gets a new key and a certificate of the new authority", async () => {
        signedByOne = last;
        const was = await next({ from: one, to: two, stage: "switch" });
        for (const [name, proxy] of last.proxies) {
            const before = was.proxies.get(name)!;
            expect(certificateOf(proxy).checkIssued(certificateOf(before))).to.equal(false);
            expect(proxy.environment.MESH_PRIVATE_KEY).not.to.equal(before.environment.MESH_PRIVATE_KEY);
        }
    });

    it("retire: the old key is gone although the stack is protected, and its certificates are refused", async () => {
        const back = await deploys.preview(one);
        expect(back.output).to.contain("own-2 would be trusted no more, but");
        await next(two);
        expect(ownKeys(last)).to.deep.equal(["mesh-authority-2-key"]);
        expect(await refused(mesh, signedByOne)).to.contain("unknown ca");
    });

    it("goes on to an AWS Private CA: after that no authority's key is in the state", async () => {
        await next({ from: two, to: privateCa, stage: "prepare" });
        await next({ from: two, to: privateCa, stage: "switch" });
        await next(privateCa);
        expect(ownKeys(last)).to.deep.equal([]);
        const { issuer, subjectAltName } = certificateOf(last.proxies.get(callee)!);
        expect(issuer).to.match(/^CN=Emulated Private CA/);
        expect(subjectAltName).to.contain("URI:spiffe://shop.internal/payment-service");
        const later = new Date(Date.now() + 16 * dayMs).toISOString();
        const renewed = await deploys.deploy(privateCa, { LOCAL_CLOCK: later });
        expect(certificateOf(renewed.proxies.get(callee)!).fingerprint256).not.to.equal(
            certificateOf(last.proxies.get(callee)!).fingerprint256,
        );
        expectMutualTrust(last, renewed);
    });
});

/** What the service's own caller of an earlier deploy gets from the callee of now. */
async function refused({ lab }: RollingMesh, { proxies }: Deployed): Promise<string> {
    const address = lab.instances(callee).at(-1)!.address;
    return send(address, 15443, {}, memberIdentity(proxies.get(caller)!)).then(
        ({ status }) => `answered ${status}`,
        (error: unknown) => String(error),
    );
}

/** Service to what starts a deployment of it. */
function triggers({ stack }: Deployed): Record<string, string> {
    const found = (stack.deployment.resources ?? []).filter(({ type }) => type === "aws:ecs/service:Service");
    return Object.fromEntries(
        found.map(({ urn, outputs }) => [urn.split("::").at(-1) ?? "", JSON.stringify(outputs?.triggers)]),
    );
}
