import type { Finding } from "../finding";
import type { Operation } from "../facts/gateway/operations";
import type { Value } from "../facts/value";

const originHeader = "method.response.header.access-control-allow-origin";
const credentialsHeader = "method.response.header.access-control-allow-credentials";
const origin = "https?://[^\"'*]+";
/** The one way in which a template may change the header: to the caller's origin, where it is listed. */
const listed = `\\$origin == "${origin}"`;
const guardedOverride = new RegExp(
    `#if\\(${listed}(?: \\|\\| ${listed})*\\)#set\\(\\$context\\.responseOverride\\.header\\.Access-Control-Allow-Origin = \\$origin\\)#end`,
    "g",
);

/** The mesh ingress allows the origins in its own bootstrap; a preflight never gets there. */
const fromBackend = "integration.response.header.Access-Control-Allow-Origin";

function isWrittenOut(value: string): boolean {
    return new RegExp(`^'${origin}'$`).test(value);
}

/** Every path with operations answers a preflight itself. */
export function preflighted(operations: readonly Operation[]): readonly Finding[] {
    const answered = new Set(operations.filter(({ isPreflight }) => isPreflight).map(({ path }) => path));
    const paths = new Set(operations.map(({ path }) => path));
    return [...paths]
        .filter((path) => !answered.has(path))
        .map((path) => ({
            at: `path ${path}`,
            found: "no preflight",
            required: "an OPTIONS operation with a mock integration that names its origins",
        }));
}

/** No response of an operation allows an origin that is not written down. */
export function explicitOrigins({ integration, isPreflight }: Operation): readonly Finding[] {
    const responses = integration.get("responses");
    const all = responses.fields.map((name) => responses.get(name));
    const headers = all.flatMap((response) => {
        const parameters = response.get("responseParameters");
        return parameters.fields.map((name) => ({ name: name.toLowerCase(), value: parameters.get(name) }));
    });
    const origins = headers.filter(({ name }) => name === originHeader);
    return [
        ...(isPreflight && origins.length === 0
            ? [responses.finding("an Access-Control-Allow-Origin", "none")]
            : []),
        ...origins.flatMap(({ value }) =>
            value.require(
                isWrittenOut(value.text ?? "") || (!isPreflight && value.text === fromBackend),
                "one origin, written out, or what the mesh ingress answered",
            ),
        ),
        ...headers
            .filter(({ name }) => name === credentialsHeader)
            .flatMap(({ value }) => value.require(value.text === "'false'", "no credentials")),
        ...all.flatMap(templatesOf).flatMap((template) => {
            const rest = (template.text ?? "responseOverride").replaceAll(guardedOverride, "");
            return template.require(!rest.includes("responseOverride"), "overrides for listed origins only");
        }),
    ];
}

function templatesOf(response: Value): readonly Value[] {
    const templates = response.get("responseTemplates");
    return templates.fields.map((media) => templates.get(media));
}
