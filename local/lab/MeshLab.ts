import * as http from "node:http";
import * as https from "node:https";
import type { DeployedProxy } from "./deployedProxies";
import { EnvoyProcess } from "./EnvoyProcess";
import { loopbackAddresses, onLoopback } from "./loopback";
import { StubService } from "./StubService";

export interface LabResponse {
    readonly status: number;
    readonly headers: Readonly<http.IncomingHttpHeaders>;
    readonly body: string;
}

export interface LabRequest {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
}

/** What a client shows when it dials a member's mesh port by itself. */
export interface ClientTls {
    readonly cert?: string;
    readonly key?: string;
    readonly servername?: string;
}

const meshPort = 15443;
const adminPort = 9901;

/** Deployed members on this machine: the real Envoy with their own bootstraps and certificates, before stub applications. */
export class MeshLab {
    readonly #proxies: ReadonlyMap<string, DeployedProxy>;
    readonly #addresses: ReadonlyMap<string, string>;
    readonly #envoys = new Map<string, EnvoyProcess>();
    readonly #stubs = new Map<string, StubService>();

    private constructor(proxies: ReadonlyMap<string, DeployedProxy>) {
        this.#proxies = proxies;
        this.#addresses = loopbackAddresses([...proxies.keys()]);
    }

    /** Starts the named members; stops everything again when one of them does not start. */
    static async start(
        binary: string,
        proxies: ReadonlyMap<string, DeployedProxy>,
        members: readonly string[],
    ): Promise<MeshLab> {
        const lab = new MeshLab(proxies);
        try {
            for (const member of members) {
                await lab.startMember(binary, member);
            }
        } catch (error) {
            await lab.stop();
            throw error;
        }
        return lab;
    }

    async stop(): Promise<void> {
        await Promise.all([...this.#envoys.values()].map((envoy) => envoy.stop()));
        await Promise.all([...this.#stubs.values()].map((stub) => stub.stop()));
    }

    stub(member: string): StubService {
        return known(this.#stubs, member);
    }

    envoy(member: string): EnvoyProcess {
        return known(this.#envoys, member);
    }

    proxy(member: string): DeployedProxy {
        return known(this.#proxies, member);
    }

    address(member: string): string {
        return known(this.#addresses, member);
    }

    /** A request of the member's application to a loopback port of its task, as `PAYMENT_SERVICE_URL` would have it. */
    async call(member: string, localPort: number, request: LabRequest = {}): Promise<LabResponse> {
        return send(http.request, { ...target(this.address(member), localPort, request) });
    }

    /** A request straight to the member's mesh port. */
    async dial(member: string, tls: ClientTls, request: LabRequest = {}): Promise<LabResponse> {
        return send(https.request, {
            ...target(this.address(member), meshPort, request),
            ...tls,
            rejectUnauthorized: false,
        });
    }

    /** A request in plain text to the member's mesh port. */
    async dialPlain(member: string, request: LabRequest = {}): Promise<LabResponse> {
        return send(http.request, target(this.address(member), meshPort, request));
    }

    private async startMember(binary: string, member: string): Promise<void> {
        const { bootstrap, environment, applicationPorts } = this.proxy(member);
        const host = this.address(member);
        for (const port of applicationPorts) {
            this.#stubs.set(member, await StubService.start(host, port));
        }
        const envoy = await EnvoyProcess.start({
            binary,
            bootstrap: onLoopback(bootstrap, this.#addresses),
            environment,
            admin: { host, port: adminPort },
        });
        this.#envoys.set(member, envoy);
    }
}

function target(
    host: string,
    port: number,
    { method = "GET", path = "/", headers = {} }: LabRequest,
): http.RequestOptions {
    return { host, port, method, path, headers: { ...headers }, agent: false, timeout: 30_000 };
}

async function send(
    open: (
        options: https.RequestOptions,
        callback: (response: http.IncomingMessage) => void,
    ) => http.ClientRequest,
    options: https.RequestOptions,
): Promise<LabResponse> {
    return new Promise((resolve, reject) => {
        const request = open(options, (response) => {
            let body = "";
            response.setEncoding("utf8");
            response.on("data", (chunk: string) => (body += chunk));
            response.on("error", reject);
            response.on("end", () => {
                resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
            });
        });
        request.on("timeout", () => request.destroy(new Error("no answer within 30 s")));
        request.on("error", reject);
        request.end();
    });
}

function known<T>(map: ReadonlyMap<string, T>, member: string): T {
    const value = map.get(member);
    if (value === undefined) {
        throw new RangeError(`the lab has no ${member}; it has ${[...map.keys()].join(", ")}`);
    }
    return value;
}
