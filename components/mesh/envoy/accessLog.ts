import type { Json } from "../json";
import { typed } from "./message";

/** What a log line says of a request: no query string, token or body, which may hold personal data. */
export const logFields = {
    time: "%START_TIME%",
    listener: "%FILTER_CHAIN_NAME%",
    requestId: "%REQ(X-REQUEST-ID)%",
    traceId: "%TRACE_ID%",
    method: "%REQ(:METHOD)%",
    path: "%PATH(NQ)%",
    status: "%RESPONSE_CODE%",
    flags: "%RESPONSE_FLAGS%",
    details: "%RESPONSE_CODE_DETAILS%",
    caller: "%DOWNSTREAM_PEER_URI_SAN%",
    upstream: "%UPSTREAM_CLUSTER%",
    host: "%UPSTREAM_HOST%",
    attempts: "%UPSTREAM_REQUEST_ATTEMPT_COUNT%",
    durationMs: "%DURATION%",
    bytesIn: "%BYTES_RECEIVED%",
    bytesOut: "%BYTES_SENT%",
} as const;

/** One JSON line a request. The same on every listener, so that a bootstrap holds it once. */
export const accessLog: Json = [
    {
        name: "envoy.access_loggers.stdout",
        filter: { not_health_check_filter: {} },
        typed_config: typed("envoy.extensions.access_loggers.stream.v3.StdoutAccessLog", {
            log_format: { json_format: logFields },
        }),
    },
];
