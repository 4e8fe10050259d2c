import { identityHeaders } from "../../model/mesh";
import type { Json, JsonObject } from "../json";
import { typed } from "./message";

const rbac = "envoy.filters.http.rbac";

/**
 * Refuses a request with several values of an identity header: it would be counted for one of them and believed for another. Route matchers
 * look at each value by itself, so that none of theirs can tell; what a matching tree reads is all values joined by commas.
 * docs/decisions/0057-one-identity.md
 */
export const oneIdentityFilter: JsonObject = {
    name: rbac,
    typed_config: typed("envoy.extensions.filters.http.rbac.v3.RBAC", {
        matcher: {
            matcher_list: {
                matchers: [
                    {
                        predicate: { or_matcher: { predicate: identityHeaders.map(hasSeveral) } },
                        on_match: decision("several identities", "DENY"),
                    },
                ],
            },
            on_no_match: decision("one identity", "ALLOW"),
        },
    }),
};

function hasSeveral(header: string): Json {
    return {
        single_predicate: {
            input: {
                name: header,
                typed_config: typed("envoy.type.matcher.v3.HttpRequestHeaderMatchInput", {
                    header_name: header,
                }),
            },
            value_match: { contains: "," },
        },
    };
}

function decision(name: string, action: "ALLOW" | "DENY"): JsonObject {
    return { action: { name: action, typed_config: typed("envoy.config.rbac.v3.Action", { name, action }) } };
}
