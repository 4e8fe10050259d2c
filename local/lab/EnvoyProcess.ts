import * as http from "node:http";
import { dirname } from "node:path";
import { GroupProcess, type Command } from "./GroupProcess";

export interface EnvoyProcessArgs {
    readonly binary: string;
    /** The message, or its text. */
    readonly bootstrap: object | string;
    /** TLS material, as a task gets it. */
    readonly environment: Readonly<Record<string, string>>;
    /** Loopback address and port of the administration interface in the bootstrap. */
    readonly admin: { readonly host: string; readonly port: number };
    /** The container's entry point, which finds the bootstrap in `ENVOY_BOOTSTRAP`. @default Envoy alone */
    readonly script?: string;
}

interface Admin {
    readonly host: string;
    readonly port: number;
}

/** A real Envoy on this machine. */
export class EnvoyProcess {
    private constructor(
        private readonly process: GroupProcess,
        private readonly address: Admin,
    ) {}

    /** Starts Envoy and waits until it is ready; throws with its output when it ends or stays away. */
    static async start(args: EnvoyProcessArgs): Promise<EnvoyProcess> {
        const { admin } = args;
        const started = await GroupProcess.start(commandOf(args), () =>
            ask(admin, "GET", "/ready").then(
                ({ status }) => status === 200,
                () => false,
            ),
        );
        return new EnvoyProcess(started, admin);
    }

    /** What Envoy has printed: its warnings and access log; of a long output the end. */
    get output(): string {
        return this.process.output;
    }

    get isRunning(): boolean {
        return this.process.isRunning;
    }

    /** Process id of the entry point, or of Envoy where there is none. */
    get pid(): number {
        return this.process.pid;
    }

    /** Asks the administration interface. */
    async admin(method: "GET" | "POST", path: string): Promise<Answer> {
        return ask(this.address, method, path);
    }

    /** One counter or gauge; 0 when Envoy has not made it yet. */
    async statistic(name: string): Promise<number> {
        const { body } = await this.admin("GET", `/stats?filter=^${encodeURIComponent(name)}$&usedonly`);
        const value = body.split(": ").at(-1);
        return value === undefined || value === "" ? 0 : Number(value);
    }

    /** Stops as ECS stops a container: SIGTERM to its entry point; resolves when it has ended. */
    async terminate(): Promise<void> {
        await this.process.terminate();
    }

    /** Ends the entry point and Envoy at once, without a word to anybody. */
    async stop(): Promise<void> {
        await this.process.stop();
    }

    /** `stop` without waiting for the end. */
    kill(): void {
        this.process.kill();
    }
}

function commandOf({ binary, bootstrap, environment, script }: EnvoyProcessArgs): Command {
    const text = typeof bootstrap === "string" ? bootstrap : JSON.stringify(bootstrap);
    const options = ["--disable-hot-restart", "--concurrency", "1", "--log-level", "warning"];
    return script === undefined
        ? { name: "Envoy", command: binary, args: [...options, "--config-yaml", text], environment }
        : {
              name: "Envoy",
              command: "/bin/bash",
              args: ["-c", script],
              environment: { ...environment, ENVOY_BOOTSTRAP: text, PATH: taskPath(binary) },
          };
}

interface Answer {
    readonly status: number;
    readonly body: string;
}

function ask(address: Admin, method: "GET" | "POST", path: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
        const request = http.request({ ...address, method, path, agent: false }, (response) => {
            let body = "";
            response.setEncoding("utf8");
            response.on("data", (chunk: string) => (body += chunk));
            response.on("end", () => {
                resolve({ status: response.statusCode ?? 0, body });
            });
        });
        request.on("error", reject);
        request.end();
    });
}

function taskPath(binary: string): string {
    return `${dirname(binary)}:${process.env.PATH ?? ""}`;
}
