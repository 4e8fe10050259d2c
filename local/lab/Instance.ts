import type { DeployedProxy } from "./deployedProxies";
import { EnvoyProcess } from "./EnvoyProcess";
import { onLoopback, scriptOnLoopback, type SocketAddress } from "./loopback";
import { startFailure } from "./startFailure";
import { StubService } from "./StubService";

export interface InstanceArgs {
    readonly binary: string;
    readonly proxy: DeployedProxy;
    readonly host: string;
    readonly nameServer: SocketAddress;
}

const adminPort = 9901;

/** A task of the lab: the deployed Envoy container, run by its own entry point, beside a stub of the application. */
export class Instance {
    private constructor(
        readonly member: string,
        readonly address: string,
        readonly envoy: EnvoyProcess,
        /** None beside the ingress. */
        readonly stubs: readonly StubService[],
    ) {}

    /** Throws, with nothing left behind, when a port is in use or Envoy does not become ready. */
    static async start({ binary, proxy, host, nameServer }: InstanceArgs): Promise<Instance> {
        const stubs: StubService[] = [];
        try {
            for (const port of proxy.applicationPorts) {
                stubs.push(await StubService.start(host, port, proxy.applicationProtocol));
            }
            const envoy = await EnvoyProcess.start({
                binary,
                bootstrap: onLoopback(proxy.bootstrap, { host, nameServer }),
                environment: proxy.environment,
                admin: { host, port: adminPort },
                script: scriptOnLoopback(proxy.entryPoint, host),
            });
            return new Instance(proxy.member, host, envoy, stubs);
        } catch (error) {
            await Promise.all(stubs.map((stub) => stub.stop()));
            throw startFailure(proxy.member, error);
        }
    }

    get stub(): StubService {
        const [stub] = this.stubs;
        if (stub === undefined) {
            throw new RangeError(`${this.member} has no application`);
        }
        return stub;
    }

    /** Stops both containers as ECS does; the application stays until the proxy has drained. */
    async terminate(): Promise<void> {
        await this.envoy.terminate();
        await this.#stopStubs();
    }

    async stop(): Promise<void> {
        await this.envoy.stop();
        await this.#stopStubs();
    }

    async #stopStubs(): Promise<void> {
        await Promise.all(this.stubs.map((stub) => stub.stop()));
    }
}
