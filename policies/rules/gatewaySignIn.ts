import { atMost, settled } from "../configuration";
import { gather, type Finding } from "../finding";
import { idsOf } from "../facts/gateway/apis";
import { joined } from "../facts/join";
import type { Resource } from "../facts/stack";
import type { Value } from "../facts/value";
import { each, type Rule } from "../rule";

const settings = { tokenMinutes: atMost(60, 5) };
const poolType = "aws:cognito/userPool:UserPool";
const clientType = "aws:cognito/userPoolClient:UserPoolClient";
const shortestPassword = 12;
/** `implicit` shows tokens in addresses; passwords belong on the pool's own page. */
const flows = ["code", "client_credentials"];
const passwords = /PASSWORD|CUSTOM_AUTH|ADMIN|USER_AUTH/;

/** ADR-003, "JWT Token Validation": a token is worth what stands behind it. */
export function gatewaySignIn(): Rule {
    return {
        id: "gateway-sign-in",
        title: "Tokens for those who signed in",
        description:
            "Every user pool decides by itself who gets a token with which scopes, and every client gets short-lived tokens by safe flows only.",
        clause: "JWT Authentication; Authentication and authorization",
        severity: "high",
        controls: [],
        remediation: "leave the user pool and its clients as ApiEdge makes them.",
        settings,
        checks: (stack, configured) => {
            const { tokenMinutes } = settled(settings, configured);
            return [
                ...each(stack.ofType(poolType), decidesAlone),
                ...each(stack.ofType(clientType), (client) =>
                    gather(
                        () => ofOwnPool(client),
                        () => signsInSafely(client),
                        () => lastsShortly(client, tokenMinutes),
                    ),
                ),
            ];
        },
    };
}

/** A trigger may put any scope into any token. */
function decidesAlone(pool: Resource): readonly Finding[] {
    const { props } = pool;
    const triggers = props.get("lambdaConfig");
    const [length, factors] = [props.get("passwordPolicy", "minimumLength"), props.get("mfaConfiguration")];
    return [
        ...triggers.require(
            triggers.isMissing || pool.isComputed("lambdaConfig"),
            "nothing: a trigger could put any scope into a token",
        ),
        ...length.require((length.number ?? 0) >= shortestPassword, `at least ${shortestPassword}`),
        ...factors.require(["ON", "OPTIONAL"].includes(factors.text ?? ""), '"ON" or "OPTIONAL"'),
    ];
}

function ofOwnPool(client: Resource): readonly Finding[] {
    joined(client, "userPoolId", poolType, idsOf);
    return [];
}

function signsInSafely(client: Resource): readonly Finding[] {
    const { props } = client;
    const given = (name: string): readonly Value[] =>
        client.isComputed(name) ? [] : props.get(name).items();
    const [allowed, explicit, providers] = [
        given("allowedOauthFlows"),
        given("explicitAuthFlows"),
        given("supportedIdentityProviders"),
    ] as const;
    const addresses = ["callbackUrls", "logoutUrls"].flatMap(given);
    const revocation = props.get("enableTokenRevocation");
    return [
        ...allowed.flatMap((flow) =>
            flow.require(flows.includes(flow.text ?? ""), `one of ${flows.join(", ")}`),
        ),
        ...explicit.flatMap((flow) =>
            flow.require(
                flow.text !== undefined && !passwords.test(flow.text),
                "no flow that takes passwords",
            ),
        ),
        ...providers.flatMap((provider) =>
            provider.require(provider.text === "COGNITO", '"COGNITO": the pool knows its users itself'),
        ),
        ...revocation.require(
            revocation.isMissing || revocation.isTrue || client.isComputed("enableTokenRevocation"),
            "true: who signs out has no tokens left",
        ),
        ...addresses.flatMap((address) =>
            address.require(isSafe(address.text), "https, an application's own scheme, or http://localhost"),
        ),
    ];
}

/** Schemes whose addresses a browser runs or shows as a page of its own. */
const scripts = ["javascript", "data", "vbscript", "file", "blob"];

function isSafe(address = ""): boolean {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
    return scheme === "http"
        ? /^http:\/\/localhost(:\d+)?(\/|$)/.test(address)
        : scheme !== undefined && !scripts.includes(scheme);
}

const minutesOf: Readonly<Record<string, number>> = { seconds: 1 / 60, minutes: 1, hours: 60, days: 1440 };

/** Source: Amazon Cognito, `AccessTokenValidity` and `IdTokenValidity`: hours where no unit is named, and one where no number is. */
function lastsShortly(client: Resource, most: number): readonly Finding[] {
    const { props } = client;
    return ["accessToken", "idToken"].flatMap((token) => {
        const validity = props.get(`${token}Validity`);
        const unit = props.get("tokenValidityUnits", token);
        const minutes =
            (validity.number ?? Infinity) *
            (minutesOf[unit.isMissing ? "hours" : (unit.text ?? "")] ?? Infinity);
        const isDefault = token === "idToken" && (validity.isMissing || client.isComputed("idTokenValidity"));
        return validity.require(isDefault ? most >= 60 : minutes <= most, `at most ${most} minutes`);
    });
}
