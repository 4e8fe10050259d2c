/*
 * Replacements: ForceNew in hashicorp/terraform-provider-aws, internal/service/cognitoidp/*.go. A user pool's attribute
 * schemas are no ForceNew: some can be added in place, and a change of existing ones fails at AWS's API, which is an
 * error here too. A pool's name replaces it in the provider, although Cognito itself could rename.
 */
import { asText, equal, isList, isProps } from "../../rpc/values";
import type { Props, Value } from "../../rpc/values";
import type { Table } from "../../table/emulation";
import { LOWER, MIXED, SUFFIX, arnOfId, createdAt } from "../forms";
import { all, between, matches, oneOf } from "../../table/limits";

export const cognito: Table = {
    "aws:cognito/userPool:UserPool": {
        id: (r) => `${r.region}_${r.letters(MIXED, 9)}`,
        outputs: {
            arn: arnOfId("cognito-idp", "userpool/"),
            creationDate: createdAt("creationDate"),
            customDomain: () => "",
            domain: () => "",
            endpoint: (r) => `cognito-idp.${r.region}.${SUFFIX}/${r.id}`,
            estimatedNumberOfUsers: () => 0,
            lastModifiedDate: createdAt("lastModifiedDate"),
            userPoolTier: () => "ESSENTIALS",
        },
        autoname: { property: "name", maxLength: 128 },
        defaults: { deletionProtection: "INACTIVE", mfaConfiguration: "OFF" },
        replaces: ["aliasAttributes", "name", "usernameAttributes", "usernameConfiguration"],
        fixed: (before, after) =>
            keepsSchemas(before, after)
                ? []
                : [{ property: "schemas", reason: "cannot modify or remove schema items" }],
        check: all(
            oneOf("mfaConfiguration", ["ON", "OFF", "OPTIONAL"]),
            oneOf("deletionProtection", ["ACTIVE", "INACTIVE"]),
            oneOf("userPoolTier", ["LITE", "ESSENTIALS", "PLUS"]),
        ),
    },
    "aws:cognito/userPoolClient:UserPoolClient": {
        id: (r) => r.letters(LOWER, 26),
        outputs: {
            clientSecret: (r) => (r.text("generateSecret") === "true" ? r.letters(LOWER, 51, "secret") : ""),
            enableTokenRevocation: () => true,
            preventUserExistenceErrors: () => "LEGACY",
            refreshTokenValidity: () => 30,
        },
        secrets: ["clientSecret"],
        autoname: { property: "name", maxLength: 128 },
        replaces: ["generateSecret", "userPoolId"],
        check: between("authSessionValidity", 3, 15),
    },
    "aws:cognito/resourceServer:ResourceServer": {
        id: (r) => `${r.text("userPoolId")}|${r.text("identifier")}`,
        outputs: {
            scopeIdentifiers: (r) =>
                r
                    .list("scopes")
                    .map(
                        (scope) => `${r.text("identifier")}/${isProps(scope) ? asText(scope.scopeName) : ""}`,
                    ),
        },
        changesWith: { scopeIdentifiers: ["scopes"] },
        autoname: { property: "name", maxLength: 256 },
        replaces: ["identifier", "userPoolId"],
        check: matches(
            "identifier",
            /^[\x21\x23-\x5B\x5D-\x7E]{1,256}$/,
            "printable characters without spaces",
        ),
    },
    "aws:cognito/userPoolDomain:UserPoolDomain": {
        id: (r) => r.text("domain"),
        outputs: {
            awsAccountId: (r) => r.account,
            cloudfrontDistribution: (r) => `d${r.letters(LOWER, 13)}.cloudfront.net`,
            cloudfrontDistributionArn: (r) => `d${r.letters(LOWER, 13)}.cloudfront.net`,
            cloudfrontDistributionZoneId: () => "Z2FDTNDATAQYW2",
            managedLoginVersion: () => 1,
            s3Bucket: (r) => `aws-cognito-prod-${r.region}-assets`,
            version: () => "20260101000000",
        },
        replaces: ["domain", "userPoolId"],
        check: matches(
            "domain",
            /^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/,
            "lower-case letters, digits and hyphens",
        ),
    },
};

/** Every attribute of before must still be there, unchanged. */
function keepsSchemas(before: Props, after: Props): boolean {
    return items(before.schemas).every((schema) => items(after.schemas).some((kept) => equal(schema, kept)));
}

function items(value: Value | undefined): readonly Value[] {
    return isList(value) ? value : [];
}
