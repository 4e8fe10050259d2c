import type { LocalApplication } from "./spec";

/** Path under which callers ask whether an instance can serve. gRPC: the standard health service. */
export function healthPathOf({
    protocol,
    healthPath,
}: Pick<LocalApplication, "protocol" | "healthPath">): string {
    return protocol === "grpc" ? "/grpc.health.v1.Health/Check" : healthPath;
}
