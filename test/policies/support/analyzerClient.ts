import { createRequire } from "node:module";
import type { ChannelCredentials } from "@grpc/grpc-js";
import type * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";

export type Answer<T> = (error: Error | null, response: T) => void;

/** The calls of `analyzer.proto` that tests make. */
export interface AnalyzerClient {
    getAnalyzerInfo(request: Empty, answer: Answer<analyzer.AnalyzerInfo>): void;
    configure(request: analyzer.ConfigureAnalyzerRequest, answer: Answer<Empty>): void;
    analyzeStack(request: analyzer.AnalyzeStackRequest, answer: Answer<analyzer.AnalyzeResponse>): void;
    close(): void;
}

type Constructor = new (address: string, credentials: ChannelCredentials) => AnalyzerClient;

/** The package's generated client has no types of its own. */
export function analyzerClient(address: string, credentials: ChannelCredentials): AnalyzerClient {
    const load = createRequire(__filename) as (id: string) => unknown;
    const { AnalyzerClient } = load("@pulumi/pulumi/proto/analyzer_grpc_pb") as {
        AnalyzerClient: Constructor;
    };
    return new AnalyzerClient(address, credentials);
}
