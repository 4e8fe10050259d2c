import type { Finding } from "../finding";
import type { Value } from "../facts/value";

/**
 * Headers by which a request could steer the router, have a payment repeated, are gone before anything reads them.
 * Source: Envoy, "HTTP filters / Router", `x-envoy-retry-on`, `x-envoy-max-retries`….
 */
export function cannotBeSteered(manager: Value): readonly Finding[] {
    const early = manager.get("early_header_mutation_extensions");
    const removesAll = early
        .items()
        .flatMap((extension) => extension.get("typed_config", "mutations").items())
        .some((mutation) => mutation.get("remove_on_match", "key_matcher", "prefix").text === "x-envoy-");
    return early.require(removesAll, "the removal of x-envoy-* before any filter");
}
