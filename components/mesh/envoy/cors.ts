import type { JsonObject } from "../json";
import { typed } from "./message";

const cors = "envoy.filters.http.cors";

export const corsFilter: JsonObject = {
    name: cors,
    typed_config: typed("envoy.extensions.filters.http.cors.v3.Cors"),
};

/** Lets browsers of these origins read answers; never with credentials, which travel in a header that the page itself sets. */
export function corsPolicy(allowedOrigins: readonly string[]): JsonObject {
    return {
        [cors]: typed("envoy.extensions.filters.http.cors.v3.CorsPolicy", {
            allow_origin_string_match: allowedOrigins.map((origin) => ({ exact: origin })),
            expose_headers: "retry-after,x-request-id",
        }),
    };
}
