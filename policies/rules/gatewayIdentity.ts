import { gatherOver } from "../finding";
import { apiFacts, restApis } from "../facts/gateway/apis";
import { identifies } from "../requirements/identity";
import { each, type Rule } from "../rule";

/** ADR-003: services believe who a caller is, because the gateway says so and nobody else can. */
export function gatewayIdentity(): Rule {
    return {
        id: "gateway-identity",
        title: "Identity from verified tokens and keys only",
        description:
            "Every operation overwrites the identity headers that clients might send with what the gateway verified.",
        clause: "Authentication and authorization; Request/response transformation",
        severity: "critical",
        controls: [],
        remediation: "leave requestParameters of the integration as ExternalApi generates them.",
        settings: {},
        checks: (stack) =>
            each(restApis(stack), (restApi) => {
                const { document, operations } = apiFacts(restApi);
                const forwarded = operations.filter(({ isPreflight }) => !isPreflight);
                return gatherOver(forwarded, (operation) => identifies(document, operation));
            }),
    };
}
