import { codecOf, connectionManager } from "./connectionManager";
import type { JsonObject } from "../json";
import { listener } from "./listener";
import { unreachableReply } from "./refusals";
import { upstreamRoutes } from "./routes";
import type { Upstream } from "./spec";
import type { Tracing } from "./telemetry";

/** The loopback address on which the application of `member` reaches one callee. */
export function egressListener(
    member: string,
    localPort: number,
    upstream: Upstream,
    traced: Tracing = {},
): JsonObject {
    return listener({
        name: `egress-${upstream.name}`,
        address: "127.0.0.1",
        port: localPort,
        filter: connectionManager({
            name: `egress-${upstream.name}`,
            codec: codecOf(upstream.protocol),
            requestTimeoutSeconds: upstream.requestTimeoutSeconds,
            clientCertificate: "remove",
            filters: [],
            routes: upstreamRoutes(upstream, { prefix: "/" }),
            options: { local_reply_config: unreachableReply(member) },
            ...traced,
        }),
    });
}
