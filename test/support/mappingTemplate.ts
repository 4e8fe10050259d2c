import velocity from "velocityjs";

/** What API Gateway hands to a mapping template. */
export interface TemplateInput {
    /** The body, as text. */
    readonly body?: string;
    /** Parameters of the request by their spelling. */
    readonly params?: Readonly<Record<string, string>>;
    /** `$context`; what a template sets in it is kept. */
    readonly context?: Record<string, unknown>;
}

const step = /^(?:\.([A-Za-z_][\w-]*)|\[(\d+)\])/;

/**
 * Evaluates a mapping template with velocityjs and the variables that API Gateway documents. Stricter than AWS: `$input.json` of what is
 * absent throws, because AWS writes an empty text there. Not proven here: that AWS's own Velocity engine agrees.
 */
export function renderTemplate(
    template: string,
    { body = "", params = {}, context = {} }: TemplateInput,
): string {
    const document = (): unknown => (body === "" ? {} : (JSON.parse(body) as unknown));
    const input = {
        body,
        path: (path: string) => find(document(), path) ?? "",
        json: (path: string) => {
            const found = find(document(), path);
            if (found === undefined) {
                throw new Error(`$input.json("${path}") of ${body}`);
            }
            return JSON.stringify(found);
        },
        params: (name: string) => params[name] ?? "",
    };
    const util = { escapeJavaScript };
    return velocity.render(template, { input, util, context });
}

/** The JSON that a template writes; throws with the text when it is none. */
export function renderJson(template: string, input: TemplateInput): unknown {
    const text = renderTemplate(template, input);
    try {
        return JSON.parse(text);
    } catch (error) {
        throw new Error(`no JSON: ${text}`, { cause: error });
    }
}

/** The part of JSONPath that the templates use: members and indices. */
function find(document: unknown, path: string): unknown {
    let rest = path.startsWith("$") ? path.slice(1) : undefined;
    let node: unknown = document;
    while (rest !== undefined && rest !== "") {
        const found = step.exec(rest);
        if (found === null) {
            throw new Error(`a path that is not understood: ${path}`);
        }
        const key = found[1] ?? Number(found[2]);
        node =
            typeof node === "object" && node !== null
                ? (node as Record<string | number, unknown>)[key]
                : undefined;
        rest = rest.slice(found[0].length);
    }
    return node;
}

/** As commons-lang's escapeJavaScript, which API Gateway uses: also single quotes and slashes. */
function escapeJavaScript(text: string): EscapedText {
    return new EscapedText(JSON.stringify(text).slice(1, -1).replaceAll("'", "\\'").replaceAll("/", "\\/"));
}

/** A Java string: its replaceAll takes a regular expression. */
class EscapedText {
    constructor(private readonly text: string) {}

    replaceAll(pattern: string, replacement: string): string {
        return this.text.replace(new RegExp(pattern, "g"), replacement);
    }

    toString(): string {
        return this.text;
    }
}
