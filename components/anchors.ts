import { createHash } from "node:crypto";

/**
 * Names and addresses that stay what they are while a stack lives. Another stack's policy configuration holds their fingerprint,
 * because the engine shows policies nothing of what a program reads from a stack.
 */
export type Anchors = Readonly<Record<string, string>>;

/** SHA-256 of the anchors, by their names in order. `policies/facts/handOver.ts` reckons the same. */
export function fingerprint(anchors: Anchors): string {
    const text = Object.keys(anchors)
        .sort()
        .map((name) => `${name}=${anchors[name] ?? ""}\n`)
        .join("");
    return createHash("sha256").update(text).digest("hex");
}
