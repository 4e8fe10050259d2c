import { Unjudgeable } from "../../finding";
import { remembering } from "../memo";
import { isPlainObject, type Plain } from "../plain";
import type { Resource } from "../stack";
import { strictJson } from "../strictJson";
import { strictYaml } from "../strictYaml";
import { Value } from "../value";

const componentType = "shop:gateway:ExternalApi";
/** What a component may leave open in a template: ARNs that only the deploy knows. */
const placeholders = ["integrationTarget", "userPoolArn"];
const placeholder = /\{\{(\w+)\}\}/g;
const parsed = remembering(parsedDocument);

/**
 * The OpenAPI document that a REST API is made from. While it is unknown, the template that the API's component registered stands
 * for it; once it is known it is judged itself, and must be that template with its placeholders filled.
 */
export function documentOf(restApi: Resource): Value {
    const body = restApi.props.get("body");
    const template = templateOf(restApi);
    if (body.isMissing) {
        throw body.unjudgeable("an OpenAPI document: every operation in one text");
    }
    if (body.text !== undefined) {
        if (template !== undefined && !fills(body.text, template)) {
            throw body.unjudgeable("the template that its component registered", "another text");
        }
        return parsedText(body.path, body.text);
    }
    if (template === undefined) {
        throw body.unjudgeable("a text, or the template of an ExternalApi, that is known at preview");
    }
    const names = [...template.matchAll(placeholder)].map(([, name]) => name ?? "");
    const other = names.find((name) => !placeholders.includes(name));
    if (other !== undefined) {
        throw body.unjudgeable(`no placeholders but ${placeholders.join(", ")}`, `{{${other}}}`);
    }
    return parsedText("template", template);
}

/** The component's version whose REST API this is: by name, because its id is not known yet. */
function templateOf({ name, parent }: Resource): string | undefined {
    if (parent?.type !== componentType) {
        return undefined;
    }
    const versions = parent.props.get("versions");
    const version = name.slice(`${parent.name}-`.length);
    const template = versions.get(version, "template");
    return name === `${parent.name}-${version}` ? template.text : undefined;
}

function fills(text: string, template: string): boolean {
    const parts = template.split(placeholder).filter((_, index) => index % 2 === 0);
    let position = 0;
    for (const [index, part] of parts.entries()) {
        const at = index === 0 ? 0 : text.indexOf(part, position);
        if (at < 0 || !text.startsWith(part, at) || text.slice(position, at).includes('"')) {
            return false;
        }
        position = at + part.length;
    }
    return position === text.length;
}

function parsedText(path: string, text: string): Value {
    const document = parsed(text);
    if (!isPlainObject(document)) {
        const finding = { at: path, found: "text that is not", required: "OpenAPI as JSON or YAML" };
        throw new Unjudgeable(finding);
    }
    return new Value(path, document);
}

function parsedDocument(text: string): Plain | undefined {
    try {
        return strictJson(text) ?? strictYaml(text);
    } catch {
        return undefined;
    }
}
