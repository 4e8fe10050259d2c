import type { Finding } from "../finding";
import type { Api } from "../facts/gateway/apis";
import { accessOf, issuersOf, userPoolsOf, type Access } from "../facts/gateway/security";
import type { Operation } from "../facts/gateway/operations";
import { isOfJoinedEdge } from "../facts/handOver";
import type { Resource, Stack } from "../facts/stack";
import { isOverdue, type Review } from "../review";

/** An operation that does without a token, or without token and key. */
export interface PublicOperation extends Review {
    /** Name of the RestApi resource. */
    readonly api: string;
    /** The operation's `operationId`. */
    readonly operation: string;
    readonly without: "token" | "token and key";
}

/** Every operation asks for a scoped token and the API key, except what is listed and not overdue. */
export function authenticates(
    restApi: Resource,
    { document, operations }: Api,
    listed: readonly PublicOperation[],
): readonly Finding[] {
    return operations
        .filter(({ isPreflight }) => !isPreflight)
        .flatMap((operation) => {
            const access = accessOf(document, operation);
            const allowed = listed.find(
                (each) => each.api === restApi.name && each.operation === operation.id && !isOverdue(each),
            );
            return accessFindings(operation, access, allowed);
        });
}

function accessFindings(
    operation: Operation,
    access: Access,
    allowed: PublicOperation | undefined,
): readonly Finding[] {
    const security = operation.message.get("security");
    const at = `operation ${operation.id} ${security.path}`;
    const finding = (found: string, required: string): Finding => ({ at, found, required });
    return [
        ...access.others.map((name) => finding(`the scheme "${name}"`, "a token or key that can be judged")),
        ...(access.token === "scoped" || (access.token === "none" && allowed !== undefined)
            ? []
            : [
                  finding(
                      tokenFound[access.token],
                      "a JWT with at least one scope, or a listed publicOperation",
                  ),
              ]),
        ...(access.apiKey || allowed?.without === "token and key"
            ? []
            : [finding("no API key", "an API key in the header x-api-key")]),
    ];
}

const tokenFound = {
    none: "no token",
    scoped: "a scoped token",
    "without scope": "a token without exactly one authorizer and a scope",
} as const;

/** Whether the listed operation exists and does without what it is listed for. */
export function needsListing(api: Api, { operation, without }: PublicOperation): boolean {
    return api.operations.some((each) => {
        const access = accessOf(api.document, each);
        const lacksKey = !access.apiKey;
        return each.id === operation && access.token === "none" && lacksKey === (without === "token and key");
    });
}

/** Tokens of another pool than the program's own would be somebody else's users. */
export function ownUserPools(restApi: Resource, { document }: Api, stack: Stack): readonly Finding[] {
    const type = "aws:cognito/userPool:UserPool";
    const known = stack.ofType(type).map(({ props }) => props.get("arn").text);
    const sources = restApi.sources("body", type);
    return userPoolsOf(document).flatMap((pool) => {
        const isOwn =
            pool.text === "{{userPoolArn}}"
                ? sources.length === 1
                : known.includes(pool.text) || isOfJoinedEdge(pool, stack, "userPoolArn");
        return pool.require(isOwn, "the user pool of this program, or of the edge that it joins");
    });
}

/** Whoever runs an issuer decides who is let in, so each stands in the configuration. */
export function knownIssuers({ document }: Api, issuers: readonly string[]): readonly Finding[] {
    return issuersOf(document).flatMap((issuer) =>
        issuer.require(
            issuers.includes(issuer.text ?? ""),
            `one of issuers: ${issuers.join(", ") || "(none)"}`,
        ),
    );
}
