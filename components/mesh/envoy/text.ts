import { createHash } from "node:crypto";
import { Alias, Document, Pair, Scalar, YAMLMap, YAMLSeq, type ParsedNode } from "yaml";
import type { Json, JsonObject } from "../json";

type Node = Alias | Scalar | YAMLMap | YAMLSeq | ParsedNode;

/** A shorter part costs less than the anchor and the alias that would replace its repetition. */
const shortestShared = 24;
const shortestAnchor = 4;

/**
 * A bootstrap as YAML in which each part is written once: its repetitions are aliases, which Envoy and the policies resolve. What
 * callees have in common is most of a bootstrap, and a task definition holds 64 KiB (docs/decisions/0020-bootstrap-text.md).
 * A line holds one listener or cluster, so that a preview shows which of them changes.
 */
export function bootstrapText(bootstrap: JsonObject): string {
    const document = new Document(null, { version: "1.1" });
    document.contents = new Writer().write(bootstrap, []);
    return document.toString({ lineWidth: 0, indent: 1, flowCollectionPadding: false, singleQuote: true });
}

class Writer {
    readonly #written = new Map<string, Scalar | YAMLMap | YAMLSeq>();
    readonly #anchors = new Set<string>();

    write(value: Json, path: readonly string[]): Node {
        const text = JSON.stringify(value);
        const before = this.#written.get(text);
        if (before !== undefined) {
            before.anchor ??= this.#anchorOf(text);
            return new Alias(before.anchor);
        }
        const node = this.#new(value, path);
        if (text.length >= shortestShared) {
            this.#written.set(text, node);
        }
        return node;
    }

    #new(value: Json, path: readonly string[]): Scalar | YAMLMap | YAMLSeq {
        if (isList(value)) {
            const list = new YAMLSeq();
            list.flow = !isPerLine(path);
            list.items = value.map((item, index) => this.write(item, [...path, String(index)]));
            return list;
        }
        if (typeof value === "object") {
            const map = new YAMLMap();
            map.flow = !isPerLine(path);
            map.items = Object.entries(value).map(
                ([name, field]) => new Pair(new Scalar(name), this.write(field, [...path, name])),
            );
            return map;
        }
        return new Scalar(value);
    }

    /** Made from what it stands for, so that a part that is added or removed renames no other. */
    #anchorOf(text: string): string {
        const digest = createHash("sha256").update(text).digest("hex");
        let length = shortestAnchor;
        while (this.#anchors.has(digest.slice(0, length))) {
            length += 1;
        }
        const anchor = digest.slice(0, length);
        this.#anchors.add(anchor);
        return anchor;
    }
}

/** Down to the lists of listeners and clusters. */
function isPerLine([first, ...others]: readonly string[]): boolean {
    return first === undefined || (first === "static_resources" && others.length < 2);
}

function isList(value: Json): value is readonly Json[] {
    return Array.isArray(value);
}
