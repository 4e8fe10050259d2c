import type { Protocol } from "../../model/mesh";
import type { JsonObject } from "../json";
import { seconds, typed } from "./message";

/** HTTP/2 limits of Envoy's guide for edge proxies: "Configuring Envoy as an edge proxy". */
export const http2Limits: JsonObject = {
    max_concurrent_streams: 100,
    initial_stream_window_size: 65_536,
    initial_connection_window_size: 1_048_576,
};

/** A protocol that an upstream is spoken to in; `idleSeconds` must be shorter than the other side keeps a connection. */
export function upstreamProtocol(protocol: Protocol, idleSeconds: number): JsonObject {
    return {
        "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": typed(
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
            {
                common_http_protocol_options: { idle_timeout: seconds(idleSeconds) },
                explicit_http_config:
                    protocol === "http"
                        ? { http_protocol_options: {} }
                        : { http2_protocol_options: http2Limits },
            },
        ),
    };
}
