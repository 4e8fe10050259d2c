import { createRequire } from "node:module";
import type { Policies } from "@pulumi/policy";
import type * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";

type Handler = (
    call: { readonly request: analyzer.AnalyzeStackRequest },
    callback: (error: Error | null | undefined, response?: analyzer.AnalyzeResponse) => void,
) => void;

/** What the package's server exports without declaring it: the handler that the engine calls through gRPC. */
interface PolicyServer {
    makeAnalyzeStackRpcFun(name: string, version: string, level: "advisory", policies: Policies): Handler;
}

const load = createRequire(__filename) as (id: string) => unknown;
const server = load("@pulumi/policy/server") as PolicyServer;

/**
 * Sends a request through the pack's own handler. The pack's level is advisory here, so that a policy that does not say
 * "mandatory" itself is found out.
 */
export function analyzeStack(
    policies: Policies,
    request: analyzer.AnalyzeStackRequest,
): Promise<analyzer.AnalyzeResponse> {
    const handler = server.makeAnalyzeStackRpcFun("test", "0.0.0", "advisory", policies);
    return new Promise((resolve, reject) => {
        handler({ request }, (error, response) => {
            if (error || response === undefined) {
                reject(error ?? new Error("the handler answered nothing"));
            } else {
                resolve(response);
            }
        });
    });
}
