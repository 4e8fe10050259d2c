import type { DeployedProxy } from "./deployedProxies";
import type { EnvoyProcess } from "./EnvoyProcess";
import { sendHttp2 } from "./http2Request";
import { Instance } from "./Instance";
import type { LimiterSetup } from "./limiter/LimiterProcess";
import { NameServer } from "./NameServer";
import { send, type ClientTls, type LabRequest, type LabResponse } from "./requests";
import { startFailure } from "./startFailure";
import type { StubService } from "./StubService";

export type { ClientTls, LabRequest, LabResponse } from "./requests";

export interface MeshLabOptions {
    /** Third number of the lab's addresses, `127.77.<network>.x`: labs that run at once need different ones. @default 0 */
    readonly network?: number;
    /** Instances of a member. @default 1 of each */
    readonly instances?: Readonly<Record<string, number>>;
    /** What runs a deployed limiter. @default nothing: a stub takes its part, and never refuses */
    readonly limiter?: LimiterSetup | undefined;
}

const meshPort = 15443;
const nameServerPort = 10_053;
const firstInstance = 10;

/** Deployed members on this machine: the real Envoy with their own bootstraps and certificates, before stub applications. */
export class MeshLab {
    readonly #instances: Instance[] = [];
    #started = 0;

    private constructor(
        private readonly binary: string,
        private readonly proxies: ReadonlyMap<string, DeployedProxy>,
        private readonly network: number,
        private readonly names: NameServer,
        private readonly limiter: LimiterSetup | undefined,
    ) {}

    /** Starts the named members, in that order; stops everything again when one of them does not start. */
    static async start(
        binary: string,
        proxies: ReadonlyMap<string, DeployedProxy>,
        members: readonly string[],
        { network = 0, instances = {}, limiter }: MeshLabOptions = {},
    ): Promise<MeshLab> {
        const at = { host: `127.77.${network}.1`, port: nameServerPort };
        const names = await NameServer.start(at).catch((error: unknown) => {
            throw startFailure("the lab's name server", error);
        });
        const lab = new MeshLab(binary, proxies, network, names, limiter);
        try {
            for (const member of members) {
                await lab.add(member, instances[member] ?? 1);
            }
        } catch (error) {
            await lab.stop();
            throw error;
        }
        return lab;
    }

    async stop(): Promise<void> {
        await Promise.all(this.#instances.map((instance) => instance.stop()));
        await this.names.stop();
    }

    /** Starts more instances of a member, or of an earlier deployment of it; callers find them when they next ask for its name. */
    async add(member: string, count = 1, proxy = this.proxy(member)): Promise<readonly Instance[]> {
        const starting = Array.from({ length: count }, async () => {
            const host = `127.77.${this.network}.${firstInstance + this.#started}`;
            this.#started += 1;
            const args = {
                binary: this.binary,
                proxy,
                host,
                nameServer: this.names.at,
                limiter: this.limiter,
            };
            const instance = await Instance.start(args);
            this.#instances.push(instance);
            this.names.register(nameOf(proxy), host);
        });
        const results = await Promise.allSettled(starting);
        const failed = results.find((result) => result.status === "rejected");
        if (failed !== undefined) {
            throw failed.reason;
        }
        return this.instances(member).slice(-count);
    }

    /** Cloud Map takes an instance out of the answers. */
    deregister({ member, address }: Instance): void {
        this.names.deregister(nameOf(this.proxy(member)), address);
    }

    /** Cloud Map answers with one more address for a member, whoever listens there. */
    register(member: string, address: string): void {
        this.names.register(nameOf(this.proxy(member)), address);
    }

    /** Every instance that was started, in that order. */
    get all(): readonly Instance[] {
        return this.#instances;
    }

    instances(member: string): readonly Instance[] {
        return this.#instances.filter((instance) => instance.member === member);
    }

    stub(member: string): StubService {
        return this.#first(member).stub;
    }

    envoy(member: string): EnvoyProcess {
        return this.#first(member).envoy;
    }

    proxy(member: string): DeployedProxy {
        const proxy = this.proxies.get(member);
        if (proxy === undefined) {
            throw new RangeError(
                `nobody deployed ${member}; there are ${[...this.proxies.keys()].join(", ")}`,
            );
        }
        return proxy;
    }

    address(member: string): string {
        return this.#first(member).address;
    }

    /** A request of the member's application to a loopback port of its task, as `PAYMENT_SERVICE_URL` would have it. */
    async call(member: string, localPort: number, request: LabRequest = {}): Promise<LabResponse> {
        return send(this.address(member), localPort, request);
    }

    /** The same for a callee that speaks HTTP/2. */
    async callHttp2(member: string, localPort: number, request: LabRequest = {}): Promise<LabResponse> {
        return sendHttp2(this.address(member), localPort, request);
    }

    /** A request straight to the member's mesh port. */
    async dial(member: string, tls: ClientTls, request: LabRequest = {}): Promise<LabResponse> {
        return send(this.address(member), meshPort, request, tls);
    }

    /** The same to one of its instances. */
    async dialAt(instance: Instance, tls: ClientTls, request: LabRequest = {}): Promise<LabResponse> {
        return send(instance.address, meshPort, request, tls);
    }

    /** A request in plain text to the member's mesh port. */
    async dialPlain(member: string, request: LabRequest = {}): Promise<LabResponse> {
        return send(this.address(member), meshPort, request);
    }

    #first(member: string): Instance {
        const [first] = this.instances(member);
        if (first === undefined) {
            const started = this.#instances.map((instance) => instance.member).join(", ");
            throw new RangeError(`the lab has no ${member}; it has ${started}`);
        }
        return first;
    }
}

function nameOf({ bootstrap }: DeployedProxy): string {
    return `${bootstrap.node.id}.${bootstrap.node.cluster}`;
}
