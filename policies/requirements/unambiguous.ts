import type { Finding } from "../finding";
import type { Value } from "../facts/value";

const escapedSlashes = ["REJECT_REQUEST", "UNESCAPE_AND_REDIRECT", "UNESCAPE_AND_FORWARD"];
const underscores = ["REJECT_REQUEST", "DROP_HEADER"];

/**
 * The proxy reads a request as the application will: `/charges/../refunds` is no charge, and `x_user_id`, which many frameworks take for
 * `x-user-id`, gets nowhere. Source: Envoy, "Configuring Envoy as an edge proxy".
 */
export function readsAsApplications(manager: Value): readonly Finding[] {
    const [normal, merged, slashes, names] = [
        manager.get("normalize_path"),
        manager.get("merge_slashes"),
        manager.get("path_with_escaped_slashes_action"),
        manager.get("common_http_protocol_options", "headers_with_underscores_action"),
    ];
    return [
        ...normal.require(normal.isTrue, "true"),
        ...merged.require(merged.isTrue, "true"),
        ...slashes.require(
            escapedSlashes.includes(slashes.text ?? ""),
            `one of ${escapedSlashes.join(", ")}`,
        ),
        ...names.require(underscores.includes(names.text ?? ""), `one of ${underscores.join(", ")}`),
    ];
}
