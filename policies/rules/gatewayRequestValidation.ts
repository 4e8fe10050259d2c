import type { Finding } from "../finding";
import { apiFacts, restApis, type Api } from "../facts/gateway/apis";
import type { Operation } from "../facts/gateway/operations";
import { each, type Rule } from "../rule";

const extension = "x-amazon-apigateway-request-validator";
const checked = ["validateRequestBody", "validateRequestParameters"];

/** ADR-003: no request reaches a service unchecked. */
export function gatewayRequestValidation(): Rule {
    return {
        id: "gateway-request-validation",
        title: "Request validation used by every operation",
        description: "Every operation uses a validator that checks body and parameters.",
        clause: "Request Validation",
        severity: "medium",
        controls: ["cdk-nag AwsSolutions-APIG2"],
        remediation: "publish the API with ExternalApi, whose validator covers every operation.",
        settings: {},
        checks: (stack) =>
            each(restApis(stack), (restApi) => {
                const api = apiFacts(restApi);
                return api.operations
                    .filter(({ isPreflight }) => !isPreflight)
                    .flatMap((operation) => validated(api, operation));
            }),
    };
}

function validated({ document }: Api, { id, message, method }: Operation): readonly Finding[] {
    const own = message.get(extension);
    const used = own.isMissing ? document.get(extension) : own;
    const validator = document.get(`${extension}s`, used.text ?? "");
    const missing = checked.filter((name) => !validator.get(name).isTrue);
    const body = message.get("requestBody", "content").fields;
    const lacksBody = ["post", "put", "patch"].includes(method) && body.length === 0;
    const untyped = body.filter(
        (media) => message.get("requestBody", "content", media, "schema").fields.length === 0,
    );
    return [
        ...(missing.length === 0
            ? []
            : [
                  {
                      at: `operation ${id} ${used.path}`,
                      found: `${used.shown}, without ${missing.join(" and ")}`,
                      required: "a validator of body and parameters",
                  },
              ]),
        ...(lacksBody
            ? [{ at: `operation ${id} requestBody`, found: "no kind of body", required: "one with a schema" }]
            : []),
        ...untyped.map((media) => ({
            at: `operation ${id} requestBody`,
            found: `${media} without a schema`,
            required: "a model to check it by",
        })),
    ];
}
