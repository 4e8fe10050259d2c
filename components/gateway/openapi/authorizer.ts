import type { JsonObject } from "./json";
import { placeholder } from "./placeholders";

/** Who vouches for access tokens: the edge's user pool, or any OpenID Connect issuer. */
export type Authorizer =
    | { readonly type: "userPool" }
    | {
          readonly type: "jwt";
          readonly issuer: string;
          readonly audiences: readonly string[];
          /** How the issuer may sign; the token does not choose. */
          readonly algorithms: readonly string[];
      };

/**
 * The security scheme with which API Gateway verifies tokens. With scopes, a user pool's authorizer takes access tokens, not id tokens.
 * Source: "x-amazon-apigateway-authorizer", "Control access to REST APIs using JWT authorizers"; docs/unproven.md for the latter's spelling.
 */
export function tokenScheme(authorizer: Authorizer): JsonObject {
    const scheme = { type: "apiKey", name: "Authorization", in: "header" };
    return authorizer.type === "userPool"
        ? {
              ...scheme,
              "x-amazon-apigateway-authtype": "cognito_user_pools",
              "x-amazon-apigateway-authorizer": {
                  type: "cognito_user_pools",
                  providerARNs: [placeholder("userPoolArn")],
              },
          }
        : {
              ...scheme,
              "x-amazon-apigateway-authtype": "jwt",
              "x-amazon-apigateway-authorizer": {
                  type: "jwt",
                  identitySource: "method.request.header.Authorization",
                  jwtConfiguration: {
                      defaultAlgorithms: authorizer.algorithms,
                      issuers: [{ issuer: authorizer.issuer, audiences: authorizer.audiences }],
                  },
              },
          };
}
