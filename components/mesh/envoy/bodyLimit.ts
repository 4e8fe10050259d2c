import { largestBody } from "../../model/bodies";
import type { JsonObject } from "../json";
import { typed } from "./message";

/**
 * Takes a request in whole before any service sees it, and answers 413 when it is too large. It stands last, so that only requests within a
 * user's rate are held in memory. Source: Envoy, "HTTP filters / Buffer".
 */
export const bodyLimitFilter: JsonObject = {
    name: "envoy.filters.http.buffer",
    typed_config: typed("envoy.extensions.filters.http.buffer.v3.Buffer", {
        max_request_bytes: largestBody.ingress,
    }),
};
