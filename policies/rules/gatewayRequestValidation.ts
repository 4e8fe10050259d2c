import type { Finding } from "../finding";
import { apiFacts, restApis, type Api } from "../facts/gateway/apis";
import type { Operation } from "../facts/gateway/operations";
import type { Resource } from "../facts/stack";
import { checkedType } from "../requirements/bodyForms";
import { each, type Rule } from "../rule";

const extension = "x-amazon-apigateway-request-validator";
const checked = ["validateRequestBody", "validateRequestParameters"];
/** Methods whose bodies mean nothing. */
const bodiless = new Set(["get", "head", "options", "delete", "trace"]);

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
                return [
                    ...readsBodies(restApi, api),
                    ...api.operations
                        .filter(({ isPreflight }) => !isPreflight)
                        .flatMap((operation) => validated(api, operation)),
                ];
            }),
    };
}

/** What API Gateway takes for binary it holds against no model. Source: API Gateway, "Working with binary media types for REST APIs". */
function readsBodies(restApi: Resource, { document }: Api): readonly Finding[] {
    const [own, written] = [
        restApi.props.get("binaryMediaTypes"),
        document.get("x-amazon-apigateway-binary-media-types"),
    ];
    const given = restApi.isComputed("binaryMediaTypes") ? [] : own.items();
    return [...given, ...written.items()].map((type) =>
        type.finding("no binary bodies: no model checks them"),
    );
}

function validated({ document }: Api, { id, message, method }: Operation): readonly Finding[] {
    const own = message.get(extension);
    const used = own.isMissing ? document.get(extension) : own;
    const validator = document.get(`${extension}s`, used.text ?? "");
    const missing = checked.filter((name) => !validator.get(name).isTrue);
    const body = message.get("requestBody", "content").fields;
    const lacksBody = !bodiless.has(method) && body.length === 0;
    const lacksModel = body.length > 0 && !body.includes(checkedType);
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
        ...(lacksModel
            ? [
                  {
                      at: `operation ${id} requestBody`,
                      found: body.join(", "),
                      required: `${checkedType}, the one type that the Web ACL lets pass`,
                  },
              ]
            : []),
        ...untyped.map((media) => ({
            at: `operation ${id} requestBody`,
            found: `${media} without a schema`,
            required: "a model to check it by",
        })),
    ];
}
