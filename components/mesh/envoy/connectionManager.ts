import type { Protocol } from "../../model/mesh";
import { accessLog } from "./accessLog";
import { removeSteeringHeaders } from "./headers";
import { http2Limits } from "./httpProtocol";
import type { JsonObject } from "../json";
import { seconds, typed } from "./message";
import { timing } from "../timing";

export interface ConnectionManagerSpec {
    /** Name in statistics and logs. */
    readonly name: string;
    readonly codec: "AUTO" | "HTTP1" | "HTTP2";
    readonly requestTimeoutSeconds: number;
    readonly filters: readonly JsonObject[];
    readonly routes: readonly JsonObject[];
    readonly virtualHost?: JsonObject;
    /** How the caller's certificate is told to the application. */
    readonly clientCertificate: "pass on" | "remove";
    readonly options?: JsonObject;
    /** What traces add to it. @default no traces */
    readonly tracing?: JsonObject;
}

const hcm = "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";

/** The settings that Envoy's guide for edge proxies asks for: its defaults are not safe for availability. */
export function connectionManager(spec: ConnectionManagerSpec): JsonObject {
    return {
        name: "envoy.filters.network.http_connection_manager",
        typed_config: typed(hcm, {
            stat_prefix: spec.name,
            codec_type: spec.codec,
            use_remote_address: true,
            skip_xff_append: true,
            normalize_path: true,
            merge_slashes: true,
            path_with_escaped_slashes_action: "REJECT_REQUEST",
            preserve_external_request_id: true,
            always_set_request_id_in_response: true,
            early_header_mutation_extensions: removeSteeringHeaders,
            common_http_protocol_options: {
                idle_timeout: seconds(timing.listenerIdleSeconds),
                headers_with_underscores_action: "REJECT_REQUEST",
                max_headers_count: 100,
            },
            http2_protocol_options: http2Limits,
            request_headers_timeout: seconds(timing.headersSeconds),
            request_timeout: seconds(spec.requestTimeoutSeconds),
            stream_idle_timeout: seconds(spec.requestTimeoutSeconds),
            delayed_close_timeout: "1s",
            max_request_headers_kb: 32,
            server_header_transformation: "PASS_THROUGH",
            ...clientCertificate(spec.clientCertificate),
            access_log: accessLog,
            ...spec.tracing,
            http_filters: [...spec.filters, router],
            route_config: {
                name: spec.name,
                virtual_hosts: [
                    { name: spec.name, domains: ["*"], routes: spec.routes, ...spec.virtualHost },
                ],
            },
            ...spec.options,
        }),
    };
}

export function codecOf(protocol: Protocol): "AUTO" | "HTTP2" {
    return protocol === "http" ? "AUTO" : "HTTP2";
}

const router: JsonObject = {
    name: "envoy.filters.http.router",
    typed_config: typed("envoy.extensions.filters.http.router.v3.Router", { suppress_envoy_headers: true }),
};

function clientCertificate(mode: "pass on" | "remove"): JsonObject {
    return mode === "pass on"
        ? {
              forward_client_cert_details: "SANITIZE_SET",
              set_current_client_cert_details: { uri: true },
          }
        : { forward_client_cert_details: "SANITIZE" };
}
