import { isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Document } from "yaml";
import type { Issue } from "../../model/issues";
import { isObject, type JsonObject } from "./json";

/** The text of an OpenAPI contract and the name of the file that it came from, which errors give. */
export interface ContractSource {
    /** Name of the file, which errors give. */
    readonly file: string;
    /** What is in it: YAML or JSON. */
    readonly text: string;
}

export interface ParsedSource {
    /** Absent when the text is no YAML or JSON object. */
    readonly document?: JsonObject;
    readonly issues: readonly Issue[];
    /** `orders.yaml:12 paths./{orderId}.get`: where a path through the document begins in the text. */
    readonly locate: (...path: readonly string[]) => string;
}

/** Reads YAML or JSON, and keeps the lines for later messages. */
export function parseSource({ file, text }: ContractSource): ParsedSource {
    const lines = new LineCounter();
    const yaml = parseDocument(text, { lineCounter: lines });
    const locate = (...path: readonly string[]): string => {
        const line = lines.linePos(offsetOf(yaml, path)).line;
        return [`${file}:${line}`, path.join(".")].join(" ").trimEnd();
    };
    if (yaml.errors.length > 0) {
        const issues = yaml.errors.map((error) => ({
            path: `${file}:${error.linePos?.[0].line ?? 1}`,
            got: error.message.replace(/ at line [^]*$/, ""),
            want: "well-formed YAML or JSON",
        }));
        return { issues, locate };
    }
    const { failure, value } = plain(yaml);
    if (failure !== undefined) {
        const { line } = lines.linePos(openAlias(yaml) ?? 0);
        const want = "anchors that stand before their aliases, and no alias inside its own anchor";
        return { issues: [{ path: `${file}:${line || 1}`, got: failure, want }], locate };
    }
    return isObject(value)
        ? { document: value, issues: [], locate }
        : { issues: [{ path: `${file}:1`, got: value ?? undefined, want: "an object" }], locate };
}

/** The document without aliases; only then is it seen whether they can be resolved. */
function plain(yaml: Document): { readonly value?: unknown; readonly failure?: string } {
    try {
        const value: unknown = yaml.toJS();
        return { value: JSON.parse(JSON.stringify(value)) as unknown };
    } catch (error) {
        return { failure: (error as Error).message.split("\n")[0] ?? "" };
    }
}

/** Where the first alias stands that has no anchor. */
function openAlias(yaml: Document): number | undefined {
    let found: number | undefined;
    visit(yaml, {
        Alias: (_key, alias) => {
            if (alias.resolve(yaml) !== undefined) {
                return undefined;
            }
            found = alias.range?.[0];
            return visit.BREAK;
        },
    });
    return found;
}

/** Where the value at the path begins; what is missing is located at the nearest part that is there. */
function offsetOf(yaml: ReturnType<typeof parseDocument>, path: readonly string[]): number {
    for (let length = path.length; length > 0; length -= 1) {
        const parent: unknown = length === 1 ? yaml.contents : yaml.getIn(path.slice(0, length - 1), true);
        const offset =
            keyOffset(parent, path[length - 1]) ?? rangeStart(yaml.getIn(path.slice(0, length), true));
        if (offset !== undefined) {
            return offset;
        }
    }
    return 0;
}

/** A mapping's value begins a line below its key, so the key is what a reader looks for. */
function keyOffset(parent: unknown, key: string | undefined): number | undefined {
    const pair = isMap(parent)
        ? parent.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
    return rangeStart(pair?.key);
}

function rangeStart(node: unknown): number | undefined {
    return isNode(node) ? node.range?.[0] : undefined;
}
