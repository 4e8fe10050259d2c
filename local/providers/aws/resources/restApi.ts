/*
 * REST APIs and what is deployed of them. Replacements: ForceNew in hashicorp/terraform-provider-aws,
 * internal/service/apigateway/{rest_api,deployment,stage,method_settings,gateway_response,account}.go. A deployment is
 * replaced by new triggers; a stage then moves to it in place, as `deployment` may be updated.
 */
import type { Props } from "../../rpc/values";
import { asText, isProps } from "../../rpc/values";
import type { Problem, Table } from "../../table/emulation";
import type { Reading } from "../../table/reading";
import { LOWER, SUFFIX, createdAt, gatewayArn, word } from "../forms";
import { BROKEN, parsedYaml, policiesAsText, policyProblems } from "../documents";
import { all, between, matches } from "../../table/limits";

/** A RestApi's import document, in bytes (docs.aws.amazon.com/apigateway/latest/developerguide/limits.html). */
const BODY_BYTES = 6 * 1024 * 1024;

export const restApi: Table = {
    "aws:apigateway/restApi:RestApi": {
        id: word(10),
        outputs: {
            apiKeySource: () => "HEADER",
            arn: (r) => gatewayArn(r, `/restapis/${r.id}`),
            binaryMediaTypes: () => [],
            createdDate: createdAt("createdDate"),
            description: () => "",
            disableExecuteApiEndpoint: () => false,
            executionArn: (r) => r.arn("execute-api", r.id),
            minimumCompressionSize: () => "",
            policy: () => "",
            rootResourceId: (r) => r.letters(LOWER, 10, "root"),
        },
        autoname: { property: "name", maxLength: 255 },
        replaces: [],
        normalize: policiesAsText("policy"),
        check: all(policyProblems("policy"), bodyProblems, between("minimumCompressionSize", -1, 10485760)),
    },
    "aws:apigateway/deployment:Deployment": {
        id: word(6),
        outputs: { createdDate: createdAt("createdDate") },
        replaces: ["restApi", "triggers", "variables"],
    },
    "aws:apigateway/stage:Stage": {
        id: (r) => `ags-${r.text("restApi")}-${r.text("stageName")}`,
        outputs: {
            arn: (r) => gatewayArn(r, `/restapis/${r.text("restApi")}/stages/${r.text("stageName")}`),
            executionArn: (r) => r.arn("execute-api", `${r.text("restApi")}/${r.text("stageName")}`),
            invokeUrl: (r) =>
                `https://${r.text("restApi")}.execute-api.${r.region}.${SUFFIX}/${r.text("stageName")}`,
            webAclArn: () => "",
        },
        replaces: ["restApi", "stageName"],
        check: matches("stageName", /^\w{1,128}$/, "at most 128 letters, digits and underscores"),
    },
    "aws:apigateway/methodSettings:MethodSettings": {
        id: (r) => `${r.text("restApi")}-${r.text("stageName")}-${r.text("methodPath")}`,
        outputs: {},
        replaces: ["restApi", "stageName", "methodPath"],
        check: matches(
            "methodPath",
            /^[^/].*\/[^/]+$/,
            'a path without the leading slash and a method, or "*/*"',
        ),
    },
    "aws:apigateway/response:Response": {
        id: (r) => `aggr-${r.text("restApiId")}-${r.text("responseType")}`,
        outputs: {},
        replaces: ["restApiId", "responseType"],
    },
    "aws:apigateway/account:Account": {
        id: accountSettings,
        outputs: {
            apiKeyVersion: () => "4",
            cloudwatchRoleArn: () => "",
            features: () => ["UsagePlans"],
            throttleSettings: () => [{ burstLimit: 5000, rateLimit: 10000 }],
        },
        // There is one in each account and region: it is only ever updated.
        replaces: [],
    },
};

function accountSettings(reading: Reading): string {
    return reading.account;
}

function bodyProblems({ body: text }: Props): readonly Problem[] {
    const property = "body";
    const body = parsedYaml(text);
    if (body === undefined) {
        return [];
    }
    const problems =
        body !== BROKEN && isProps(body) && ("openapi" in body || "swagger" in body)
            ? []
            : [notAnApi(property)];
    const bytes = Buffer.byteLength(asText(text));
    return bytes <= BODY_BYTES
        ? problems
        : [
              ...problems,
              {
                  property,
                  reason: `"${property}" has ${bytes} bytes; API Gateway takes at most ${BODY_BYTES}`,
              },
          ];
}

function notAnApi(property: string): Problem {
    return {
        property,
        reason: `"${property}" is no OpenAPI document; API Gateway wants JSON or YAML with "openapi"`,
    };
}
