import { gather, gatherOver, type Finding } from "../finding";
import { facingNetwork } from "../facts/envoy/bootstrap";
import { overridesOf } from "../facts/envoy/http";
import { connectionManagerOf } from "../facts/envoy/listener";
import { apiFacts, restApis } from "../facts/gateway/apis";
import { sidecarOf, type Sidecar } from "../facts/sidecar";
import { explicitOrigins, preflighted } from "../requirements/cors";
import { ingressesOf } from "../requirements/ingressLimit";
import { each, type Rule } from "../rule";

/** ADR-003: browsers call the APIs from listed origins only. */
export function gatewayCors(): Rule {
    return {
        id: "gateway-cors",
        title: "Explicit CORS",
        description: "Every path answers preflights for listed origins, and nothing allows every origin.",
        clause: "CORS Configuration",
        severity: "medium",
        controls: [],
        remediation:
            "set traffic:allowedOrigins to the origins of your own pages, and leave CORS as generated.",
        settings: {},
        checks: (stack) => [
            ...each(restApis(stack), (restApi) => {
                const { document, operations } = apiFacts(restApi);
                return gather(
                    () => preflighted(operations),
                    () => gatherOver(operations, explicitOrigins),
                    () => gatewayResponses(document.get("x-amazon-apigateway-gateway-responses")),
                );
            }),
            ...each(ingressesOf(stack), (service) => envoyOrigins(sidecarOf(service))),
        ],
    };
}

type Responses = Parameters<typeof overridesOf>[0];

/** A gateway's own errors carry nothing of the user's, so the caller's origin may be repeated there, but not for credentials. */
function gatewayResponses(responses: Responses): readonly Finding[] {
    const prefix = "gatewayresponse.header.access-control-allow-";
    return responses.fields.flatMap((kind) => {
        const parameters = responses.get(kind, "responseParameters");
        return parameters.fields.flatMap((name) => {
            const value = parameters.get(name);
            const opens =
                (name.toLowerCase() === `${prefix}origin` && value.text?.includes("*") !== false) ||
                name.toLowerCase() === `${prefix}credentials`;
            return value.require(!opens, "no wildcard and no credentials");
        });
    });
}

/** What the ingress answers a browser for the services. */
function envoyOrigins({ bootstrap }: Sidecar): readonly Finding[] {
    const managers = facingNetwork(bootstrap)
        .flatMap(({ chains }) => chains)
        .flatMap((chain) => connectionManagerOf(chain) ?? []);
    return gatherOver(managers, (manager) =>
        manager
            .get("http_filters")
            .items()
            .filter((filter) => filter.get("name").text?.includes("cors"))
            .flatMap((filter) => overridesOf(manager, filter))
            .flatMap((policy) => policy.get("allow_origin_string_match").items())
            .flatMap((match) => {
                const origin = match.get("exact").text;
                const isExplicit = match.fields.length === 1 && origin !== undefined && origin !== "*";
                return match.require(isExplicit, "an exact origin");
            }),
    );
}
