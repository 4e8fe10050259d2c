import type { DeployedProxy } from "./deployedProxies";
import { EnvoyProcess } from "./EnvoyProcess";
import { LimiterProcess, type LimiterSetup } from "./limiter/LimiterProcess";
import { onLoopback, scriptOnLoopback, type SocketAddress } from "./loopback";
import { startFailure } from "./startFailure";
import { StubService } from "./StubService";

export interface InstanceArgs {
    readonly binary: string;
    readonly proxy: DeployedProxy;
    readonly host: string;
    readonly nameServer: SocketAddress;
    /** What runs a limiter. @default nothing: a stub takes its part, and never refuses */
    readonly limiter?: LimiterSetup | undefined;
}

const adminPort = 9901;

/** A task of the lab: the deployed Envoy container, run by its own entry point, beside a stub of the application. */
export class Instance {
    private constructor(
        readonly member: string,
        readonly address: string,
        readonly envoy: EnvoyProcess,
        /** None beside the ingress, and beside a real limiter. */
        readonly stubs: readonly StubService[],
        private readonly program: LimiterProcess | undefined,
    ) {}

    /** Throws, with nothing left behind, when a port is in use or Envoy does not become ready. */
    static async start({ binary, proxy, host, nameServer, limiter }: InstanceArgs): Promise<Instance> {
        const stubs: StubService[] = [];
        let program: LimiterProcess | undefined;
        try {
            if (proxy.limiter !== undefined && limiter !== undefined) {
                program = await LimiterProcess.start(proxy.limiter, host, limiter);
            }
            for (const port of program === undefined ? proxy.applicationPorts : []) {
                stubs.push(await StubService.start(host, port, proxy.applicationProtocol));
            }
            const envoy = await EnvoyProcess.start({
                binary,
                bootstrap: onLoopback(proxy.bootstrap, { host, nameServer }),
                environment: proxy.environment,
                admin: { host, port: adminPort },
                script: scriptOnLoopback(proxy.entryPoint, host),
            });
            return new Instance(proxy.member, host, envoy, stubs, program);
        } catch (error) {
            await Promise.all(
                [...stubs, ...(program === undefined ? [] : [program])].map((one) => one.stop()),
            );
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

    /** The real limiter of a task that has one. */
    get limiter(): LimiterProcess {
        if (this.program === undefined) {
            throw new RangeError(`${this.member} has no limiter`);
        }
        return this.program;
    }

    /** Stops both containers as ECS does; the application stays until the proxy has drained. */
    async terminate(): Promise<void> {
        await this.envoy.terminate();
        await this.#stopApplication();
    }

    async stop(): Promise<void> {
        await this.envoy.stop();
        await this.#stopApplication();
    }

    async #stopApplication(): Promise<void> {
        await Promise.all(this.stubs.map((stub) => stub.stop()));
        await this.program?.stop();
    }
}
