/*
 * Who may call a REST API, how often and under which name. Replacements: ForceNew in hashicorp/terraform-provider-aws,
 * internal/service/apigateway/{api_key,usage_plan_key,client_certificate,domain_name,base_path_mapping}.go and
 * internal/service/apigatewayv2/{api_mapping,vpc_link}.go. API keys and base path mappings are renamed and moved in
 * place there, while CloudFormation replaces them.
 */
import { UNKNOWN } from "../../rpc/values";
import type { Props } from "../../rpc/values";
import type { Problem, Table } from "../../table/emulation";
import { clientCertificate } from "../clientCertificate";
import { LOWER, MIXED, SUFFIX, UPPER, createdAt, gatewayArn, now, word } from "../forms";
import { policiesAsText, policyProblems } from "../documents";
import { all, atMost, matches } from "../../table/limits";

/** API Gateway's generated certificates are valid for a year. */
const YEAR_MS = 365 * 24 * 3600 * 1000;

const HOST = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/;

export const apiClients: Table = {
    "aws:apigateway/apiKey:ApiKey": {
        id: word(10),
        outputs: {
            arn: (r) => gatewayArn(r, `/apikeys/${r.id}`),
            createdDate: createdAt("createdDate"),
            lastUpdatedDate: createdAt("lastUpdatedDate"),
            value: (r) => r.letters(MIXED, 40, "value"),
        },
        secrets: ["value"],
        autoname: { property: "name", maxLength: 1024 },
        defaults: { description: "Managed by Pulumi", enabled: true },
        replaces: ["value"],
        check: keyProblems,
    },
    "aws:apigateway/usagePlan:UsagePlan": {
        id: word(6),
        outputs: { arn: (r) => gatewayArn(r, `/usageplans/${r.id}`) },
        autoname: { property: "name", maxLength: 1024 },
        replaces: [],
    },
    "aws:apigateway/usagePlanKey:UsagePlanKey": {
        id: (r) => r.text("keyId"),
        // The real provider reads the key's own name and value back; here nothing is known of another resource.
        outputs: {},
        replaces: "all",
    },
    "aws:apigateway/clientCertificate:ClientCertificate": {
        id: word(6),
        outputs: {
            arn: (r) => gatewayArn(r, `/clientcertificates/${r.id}`),
            createdDate: createdAt("createdDate"),
            expirationDate: (r) => r.kept("expirationDate", () => now(new Date(Date.now() + YEAR_MS))),
            pemEncodedCertificate: (r) => r.kept("pemEncodedCertificate", () => clientCertificate(r.id)),
        },
        replaces: [],
    },
    "aws:apigateway/domainName:DomainName": {
        id: (r) => r.text("domainName"),
        outputs: {
            arn: (r) => gatewayArn(r, `/domainnames/${r.id}`),
            certificateUploadDate: createdAt("certificateUploadDate"),
            cloudfrontDomainName: () => "",
            cloudfrontZoneId: () => "Z2FDTNDATAQYW2",
            regionalDomainName: (r) =>
                `d-${r.letters(LOWER, 10, "regional")}.execute-api.${r.region}.${SUFFIX}`,
            regionalZoneId: (r) => `Z${r.letters(UPPER, 13, "zone")}`,
            securityPolicy: () => "TLS_1_2",
        },
        replaces: ["certificateBody", "certificateChain", "certificatePrivateKey", "domainName"],
        normalize: policiesAsText("policy"),
        check: all(policyProblems("policy"), matches("domainName", HOST, "a host name in lower case")),
    },
    "aws:apigateway/basePathMapping:BasePathMapping": {
        id: (r) => `${r.text("domainName")}/${r.text("basePath")}`,
        outputs: {},
        replaces: ["domainName", "domainNameId"],
        check: matches("basePath", /^[\w.$+-]*$/, "one path segment (ApiMapping takes several)"),
    },
    "aws:apigatewayv2/apiMapping:ApiMapping": {
        id: word(6),
        outputs: {},
        replaces: ["domainName"],
        check: matches("apiMappingKey", /^(?!\/)[\w.$+/-]*(?<!\/)$/, "a path without a slash at either end"),
    },
    "aws:apigatewayv2/vpcLink:VpcLink": {
        id: word(6),
        outputs: { arn: (r) => gatewayArn(r, `/vpclinks/${r.id}`) },
        autoname: { property: "name", maxLength: 128 },
        // AWS has no call that changes them: a VPC link V2 is immutable but for its name and tags.
        replaces: ["securityGroupIds", "subnetIds"],
        check: atMost("securityGroupIds", 10),
    },
};

/** The message tells the length alone: the value is a secret. */
function keyProblems({ value }: Props): readonly Problem[] {
    return typeof value !== "string" || value === UNKNOWN || /^.{20,128}$/.test(value)
        ? []
        : [
              {
                  property: "value",
                  reason: `"value" has ${value.length} characters; API Gateway takes 20 to 128`,
              },
          ];
}
