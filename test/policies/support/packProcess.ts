import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { analyzerClient, type AnalyzerClient, type Answer } from "./analyzerClient";

const policies = join(__dirname, "../../../policies");

/** The pack as the engine runs it: a process of its own, started from its folder, spoken to through gRPC on loopback. */
export class PackProcess {
    private constructor(
        private readonly child: ChildProcess,
        private readonly client: AnalyzerClient,
    ) {}

    static async start(): Promise<PackProcess> {
        const child = spawn(process.execPath, ["main.js"], {
            cwd: policies,
            stdio: ["ignore", "pipe", "inherit"],
        });
        const [port] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
        return new PackProcess(child, analyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure()));
    }

    describe(): Promise<analyzer.AnalyzerInfo> {
        return answered((answer) => {
            this.client.getAnalyzerInfo(new Empty(), answer);
        });
    }

    async configure(settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Promise<void> {
        const request = new analyzer.ConfigureAnalyzerRequest();
        for (const [rule, values] of Object.entries(settings)) {
            const config = new analyzer.PolicyConfig();
            config.setEnforcementlevel(analyzer.EnforcementLevel.MANDATORY);
            config.setProperties(Struct.fromJavaScript(values as Record<string, JavaScriptValue>));
            request.getPolicyconfigMap().set(rule, config);
        }
        await answered((answer) => {
            this.client.configure(request, answer);
        });
    }

    async judge(request: analyzer.AnalyzeStackRequest): Promise<readonly analyzer.AnalyzeDiagnostic[]> {
        const response = await answered<analyzer.AnalyzeResponse>((answer) => {
            this.client.analyzeStack(request, answer);
        });
        return response.getDiagnosticsList();
    }

    async stop(): Promise<void> {
        this.client.close();
        const ended = once(this.child, "exit");
        this.child.kill();
        await ended;
    }
}

function answered<T>(call: (answer: Answer<T>) => void): Promise<T> {
    return new Promise((resolve, reject) => {
        call((error, response) => {
            if (error !== null) {
                reject(error);
            } else {
                resolve(response);
            }
        });
    });
}
