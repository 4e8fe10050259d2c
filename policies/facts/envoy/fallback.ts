import type { Value } from "../value";
import { typeOf } from "./message";

export const conditionalFilter = "envoy.extensions.common.matching.v3.ExtensionWithMatcher";

const any = (type: string): string => `type.googleapis.com/envoy.extensions.${type}`;

/**
 * The filter inside one that is skipped for exactly those requests which the shared limiter has answered in a domain, or nothing. Only
 * the limiter's answer puts its domain into a request's metadata.
 */
export function unlessAnswered(filter: Value, domain: string): Value | undefined {
    const config = filter.get("typed_config");
    const isPlain = config.fields.every((field) =>
        ["@type", "extension_config", "xds_matcher"].includes(field),
    );
    const matches = canonical(config.get("xds_matcher").plain) === canonical(skipsAnswered(domain));
    return typeOf(config) === conditionalFilter && isPlain && matches && filter.get("disabled").isOff
        ? config.get("extension_config")
        : undefined;
}

/** Source: Envoy, "Matching API". */
function skipsAnswered(domain: string): object {
    return {
        matcher_list: {
            matchers: [
                {
                    predicate: {
                        single_predicate: {
                            input: {
                                name: "answered",
                                typed_config: {
                                    "@type": any("matching.common_inputs.network.v3.DynamicMetadataInput"),
                                    filter: "envoy.filters.http.ratelimit",
                                    path: [{ key: "domain" }],
                                },
                            },
                            custom_match: {
                                name: "envoy.matching.matchers.metadata_matcher",
                                typed_config: {
                                    "@type": any("matching.input_matchers.metadata.v3.Metadata"),
                                    value: { string_match: { exact: domain } },
                                },
                            },
                        },
                    },
                    on_match: {
                        action: {
                            name: "skip",
                            typed_config: { "@type": any("filters.common.matcher.action.v3.SkipFilter") },
                        },
                    },
                },
            ],
        },
    };
}

/** The same text whatever the order of fields. */
export function canonical(value: unknown): string {
    return JSON.stringify(value, (_, inner: unknown) =>
        typeof inner === "object" && inner !== null && !Array.isArray(inner)
            ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
            : inner,
    );
}
