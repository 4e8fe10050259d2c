import type { Finding } from "../finding";
import { accessOf } from "../facts/gateway/security";
import type { Operation } from "../facts/gateway/operations";
import type { Value } from "../facts/value";

const header = "integration.request.header.";
const literal = /^'[^']*'$/;

/** Where the identity that the mesh believes comes from: what the gateway verified, never what the client says. */
export function identifies(document: Value, operation: Operation): readonly Finding[] {
    const { integration } = operation;
    const { token, apiKey } = accessOf(document, operation);
    const user = token === "none" ? "a constant in quotes" : "context.authorizer.claims.sub";
    return [
        ...overwritten(operation, "x-user-id", user, (source) =>
            token === "none" ? literal.test(source) : source === "context.authorizer.claims.sub",
        ),
        ...overwritten(
            operation,
            "x-consumer-id",
            "context.identity.apiKeyId or context.identity.sourceIp",
            (source) =>
                source === "context.identity.sourceIp" || (apiKey && source === "context.identity.apiKeyId"),
        ),
        ...templates(integration).flatMap((template) =>
            template.require(
                template.text?.includes("requestOverride") === false,
                "no requestOverride: it could set an identity",
            ),
        ),
    ];
}

/** Header names know no case, so each spelling must say the same. */
function overwritten(
    { id, integration }: Operation,
    name: string,
    required: string,
    accepts: (source: string) => boolean,
): readonly Finding[] {
    const parameters = integration.get("requestParameters");
    const all = parameters.fields
        .filter((field) => field.toLowerCase() === `${header}${name}`)
        .map((field) => parameters.get(field));
    const at = `operation ${id} ${name}`;
    return all.length === 0
        ? [{ at, found: "what the client sends", required }]
        : all.flatMap((value) =>
              value.require(accepts(value.text ?? ""), required).map((finding) => ({ ...finding, at })),
          );
}

function templates(integration: Value): readonly Value[] {
    const all = integration.get("requestTemplates");
    return all.fields.map((media) => all.get(media));
}
