import { remembering } from "../memo";
import { isPlainList, isPlainObject, type Plain } from "../plain";
import { strictJson } from "../strictJson";
import { Value } from "../value";
import { yamlOfEnvoy } from "./yaml";

const configurations = remembering(configurationOf);

/**
 * An Envoy configuration from its text, JSON or YAML, with every field in its original spelling: protobuf's JSON form also takes
 * `requireClientCertificate` for `require_client_certificate`.
 */
export function envoyConfiguration(source: Value): Value {
    const { text } = source;
    if (text === undefined) {
        throw source.unjudgeable("an Envoy bootstrap that is known at preview");
    }
    const configuration = configurations(text);
    if (configuration === undefined) {
        throw source.unjudgeable(
            "an Envoy bootstrap as JSON or YAML that names each field once, without tags and merge keys",
            "text that is not",
        );
    }
    return configuration;
}

function configurationOf(text: string): Value | undefined {
    try {
        const configuration = inOriginalSpelling(strictJson(text) ?? yamlOfEnvoy(text));
        return isPlainObject(configuration) ? new Value("bootstrap", configuration) : undefined;
    } catch {
        return undefined;
    }
}

function inOriginalSpelling(value: Plain): Plain {
    if (isPlainList(value)) {
        return value.map(inOriginalSpelling);
    }
    if (!isPlainObject(value)) {
        return value;
    }
    const fields = Object.entries(value).map(
        ([name, field]) => [snakeCase(name), inOriginalSpelling(field)] as const,
    );
    if (new Set(fields.map(([name]) => name)).size < fields.length) {
        throw new SyntaxError("a field is there in both spellings");
    }
    return Object.fromEntries(fields);
}

/** Only names that protobuf would have made: a map's keys, such as the names of filters, contain dots or hyphens. */
function snakeCase(name: string): string {
    return /^[a-z][a-zA-Z0-9]*$/.test(name)
        ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
        : name;
}
