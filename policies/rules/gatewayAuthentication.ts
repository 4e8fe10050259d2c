import { settled } from "../configuration";
import { gather } from "../finding";
import { apiFacts, restApis } from "../facts/gateway/apis";
import type { Stack } from "../facts/stack";
import {
    authenticates,
    knownIssuers,
    needsListing,
    ownUserPools,
    type PublicOperation,
} from "../requirements/authentication";
import { reviewedList, staleEntries } from "../review";
import { each, type Check, type Rule } from "../rule";

const settings = {
    publicOperations: reviewedList<PublicOperation>({
        api: { type: "string", minLength: 1, description: "Name of the RestApi resource." },
        operation: { type: "string", minLength: 1, description: "The operation's operationId." },
        without: { type: "string", enum: ["token", "token and key"], description: "What it does without." },
    }),
    issuers: {
        type: "array" as const,
        items: { type: "string" as const, pattern: "^https://" },
        default: [] as readonly string[],
    },
};

/** ADR-003: whoever calls a public API shows a token and a key. */
export function gatewayAuthentication(): Rule {
    return {
        id: "gateway-authentication",
        title: "Token, scope and API key on every operation",
        description:
            "Every operation of every public API asks for a JWT of this program's user pool with a scope, and for an API key.",
        clause: "JWT Token Validation; API Key Authentication",
        severity: "critical",
        controls: ["cdk-nag AwsSolutions-APIG4", "cdk-nag AwsSolutions-COG4"],
        remediation:
            "give the operation a scope and the API key in its contract, or list it under publicOperations with reason, owner and review date.",
        settings,
        checks: (stack, configured) => {
            const { issuers, publicOperations } = settled(settings, configured);
            return [
                ...each(restApis(stack), (restApi) => {
                    const api = apiFacts(restApi);
                    const { props } = restApi;
                    return gather(
                        () => authenticates(restApi, api, publicOperations),
                        () => ownUserPools(restApi, api, stack),
                        () => knownIssuers(api, issuers),
                        () =>
                            [
                                props.get("apiKeySource"),
                                api.document.get("x-amazon-apigateway-api-key-source"),
                            ]
                                .filter((source) => !source.isMissing)
                                .flatMap((source) => source.require(source.text === "HEADER", '"HEADER"')),
                    );
                }),
                stale(stack, publicOperations),
            ];
        },
    };
}

function stale(stack: Stack, listed: readonly PublicOperation[]): Check {
    const isUsed = (entry: PublicOperation): boolean =>
        restApis(stack).some(
            (restApi) => restApi.name === entry.api && needsListing(apiFacts(restApi), entry),
        );
    return {
        judge: () =>
            staleEntries("publicOperations", listed, isUsed, ({ api, operation }) => `${api} ${operation}`),
    };
}
