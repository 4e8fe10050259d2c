import { anonymousUser } from "../../model/mesh";
import type { Operation } from "./contract";

/** What the backend may believe of a caller, because the gateway itself set it. */
export interface IdentityHeaders {
    readonly "x-user-id": string;
    readonly "x-consumer-id": string;
    readonly "x-request-id": string;
}

/**
 * Where the identity headers of an operation come from, as API Gateway's mapping expressions. All are always set, so whatever
 * the client sends under these names is overwritten.
 *
 * Without a token there is no user, and the consumer is the client's address, also where a key was sent: the web shop's key is
 * shared by everybody who browses, and one bucket for all of them would let a single client use up everybody's rate.
 */
export function identityHeaders({ access }: Operation): IdentityHeaders {
    const hasUser = access.scopes !== undefined;
    const consumer = hasUser && access.apiKey ? "context.identity.apiKeyId" : "context.identity.sourceIp";
    return {
        "x-user-id": hasUser ? "context.authorizer.claims.sub" : `'${anonymousUser}'`,
        "x-consumer-id": consumer,
        "x-request-id": "context.requestId",
    };
}
