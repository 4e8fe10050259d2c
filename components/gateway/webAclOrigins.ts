import type { RequestLimits } from "./limits";
import { insertedOrigin } from "./openapi/cors";
import { blockRule, labelRule, type Rule } from "./webAclRules";
import {
    both,
    hasLabel,
    headerIs,
    not,
    oversizeBody,
    tooManyPerAddress,
    tooManyPerHeader,
    windowSeconds,
} from "./webAclStatements";

interface Header {
    readonly name: string;
    readonly value: string;
}

export const credentialHeader = "authorization";

export const retryAfter: Header = { name: "Retry-After", value: String(windowSeconds) };

const listed = "origin:listed";
const exceeded = "rate:exceeded";

/** What lets pages of one origin read an answer; no credentials, and no wildcard. */
export function readableBy(origin: string | undefined): readonly Header[] {
    return origin === undefined
        ? []
        : [
              { name: "Access-Control-Allow-Origin", value: origin },
              { name: "Access-Control-Expose-Headers", value: retryAfter.name },
              { name: "Vary", value: "Origin" },
          ];
}

/** The origin as a part of names and labels: `https-shop_example`. */
export function originKey(origin: string): string {
    return origin.replace("://", "-").replaceAll(/[^A-Za-z0-9-]/g, "_");
}

/**
 * Tells the APIs which allowed origin a request comes from, in a header that WAF overwrites whatever the client sends under its name: the
 * first one stands for every origin that is not listed. Source: AWS WAF, "Inserting custom request headers for non-blocking actions".
 */
export function originRules([first = "", ...further]: readonly string[]): readonly Rule[] {
    if (further.length === 0) {
        return [];
    }
    const told = (origin: string): readonly Header[] => [{ name: insertedOrigin, value: origin }];
    return [
        ...further.map((origin) =>
            labelRule(
                `origin-${originKey(origin)}`,
                headerIs("origin", origin),
                [listed, labelOf(origin)],
                told(origin),
            ),
        ),
        labelRule("origin-other", not(hasLabel(listed)), [], told(first)),
    ];
}

/**
 * WAF's answers have fixed headers, so the refusals of every further origin are rules of their own. The rates are counted once, over all
 * requests: a rule for each origin would have a count of its own, and a client could multiply its limit by changing its origin. Nothing rests on
 * these rules but who may read: the rules that hold the limits stand behind them.
 */
export function rateRefusals(
    [, ...further]: readonly string[],
    { perAddress, perCredential }: Required<RequestLimits>,
): readonly Rule[] {
    if (further.length === 0) {
        return [];
    }
    return [
        labelRule("count-per-credential", tooManyPerHeader(credentialHeader, perCredential), [exceeded]),
        labelRule("count-per-address", tooManyPerAddress(perAddress), [exceeded]),
        ...further.map((origin) =>
            blockRule(
                `rate-${originKey(origin)}`,
                both(hasLabel(exceeded), hasLabel(labelOf(origin))),
                "too-many-requests",
                [retryAfter, ...readableBy(origin)],
            ),
        ),
    ];
}

export function bodyRefusals([, ...further]: readonly string[]): readonly Rule[] {
    return further.map((origin) =>
        blockRule(
            `body-size-${originKey(origin)}`,
            both(oversizeBody, hasLabel(labelOf(origin))),
            "content-too-large",
            readableBy(origin),
        ),
    );
}

function labelOf(origin: string): string {
    return `origin:${originKey(origin)}`;
}
