import type { Value } from "../value";
import { allMatch, type Headers } from "./headerMatch";

/** One entry of a descriptor: `header` where its value is that header's, so that each value has a bucket of its own. */
export interface Entry {
    readonly key: string;
    readonly value: string;
    readonly header?: string;
}

/**
 * The descriptor that a rate limit's actions make for a request, or nothing: one action that makes no entry, or that this
 * reader cannot follow, and there is none. Source: Envoy, `config.route.v3.RateLimit`.
 */
export function descriptorOf(rate: Value, headers: Headers): readonly Entry[] | undefined {
    const entries = rate
        .get("actions")
        .items()
        .map((action) => entryOf(action, headers));
    return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

function entryOf(action: Value, headers: Headers): Entry | undefined {
    const [kind, ...others] = action.fields;
    const settings = action.get(kind ?? "");
    const value = settings.get("descriptor_value").text;
    const key = settings.get("descriptor_key").text;
    if (others.length > 0) {
        return undefined;
    }
    if (kind === "request_headers" && key !== undefined) {
        const header = settings.get("header_name").text?.toLowerCase() ?? "";
        const seen = headers[header] ?? "";
        return seen === "" ? undefined : { key, value: seen, header };
    }
    if (kind === "header_value_match" && value !== undefined) {
        const expected =
            !settings.get("expect_match").isMissing && settings.get("expect_match").isOff ? false : true;
        const matched = allMatch(settings.get("headers").items(), headers);
        return matched === expected ? { key: key ?? "header_match", value } : undefined;
    }
    return kind === "generic_key" && value !== undefined ? { key: key ?? "generic_key", value } : undefined;
}

/** Headers that a configured descriptor has a bucket of its own for, or nothing where it does not match. */
export function bucketedBy(configured: Value, descriptor: readonly Entry[]): readonly string[] {
    const entries = configured.get("entries").items();
    const matched =
        entries.length === descriptor.length &&
        descriptor.every(({ key, value }, index) => {
            const entry = entries[index];
            const wanted = entry?.get("value").text ?? "";
            return entry?.get("key").text === key && (wanted === "" || wanted === value);
        });
    return matched
        ? descriptor.flatMap(({ header }, index) =>
              header !== undefined && (entries[index]?.get("value").text ?? "") === "" ? [header] : [],
          )
        : [];
}
