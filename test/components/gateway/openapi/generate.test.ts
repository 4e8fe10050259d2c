import { validate } from "@readme/openapi-parser";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { generateBody } from "../../../../components/gateway/openapi/generate";
import { objectAt, type JsonObject } from "../../../../components/gateway/openapi/json";
import { fillTemplate } from "../../../../components/gateway/openapi/placeholders";
import { readContract } from "../../../../components/gateway/openapi/readContract";
import type { GatewaySettings } from "../../../../components/gateway/openapi/settings";
import { notesContract } from "../support";

const settings: GatewaySettings = {
    basePath: "notes/v1",
    authorizer: { type: "userPool" },
    backend: {
        serverName: "ingress.shop.internal",
        verifyServerCertificate: true,
        timeoutMilliseconds: 28_000,
    },
    allowedOrigins: [],
};
const values = {
    integrationTarget:
        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/ingress/0123456789abcdef",
    userPoolArn: "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI",
};

function bodyOf(text: string, change: Partial<GatewaySettings> = {}): JsonObject {
    const { contract, issues } = readContract({ file: "notes.yaml", text });
    expect(issues).to.deep.equal([]);
    return JSON.parse(
        fillTemplate(generateBody(contract!, { ...settings, ...change }), values),
    ) as JsonObject;
}

function methodOf(body: JsonObject, path: string, method: string): JsonObject {
    return objectAt(objectAt(objectAt(body, "paths"), path), method);
}

describe("generateBody", () => {
    const body = bodyOf(notesContract);

    it("writes an operation with validation, key, token and integration", () => {
        expect(methodOf(body, "/notes/{noteId}", "get")).to.deep.equal({
            operationId: "readNote",
            parameters: [{ name: "noteId", in: "path", required: true, schema: { type: "string" } }],
            responses: { "200": { description: "The note." } },
            security: [{ user: ["notes/read"] }, { key: [] }],
            "x-amazon-apigateway-request-validator": "everything",
            "x-amazon-apigateway-integration": {
                type: "http_proxy",
                httpMethod: "GET",
                uri: "https://ingress.shop.internal/notes/v1/notes/{noteId}",
                connectionType: "VPC_LINK",
                connectionId: "${stageVariables.vpcLinkId}",
                integrationTarget: values.integrationTarget,
                passthroughBehavior: "when_no_match",
                timeoutInMillis: 28_000,
                requestParameters: {
                    "integration.request.path.noteId": "method.request.path.noteId",
                    "integration.request.header.x-user-id": "context.authorizer.claims.sub",
                    "integration.request.header.x-consumer-id": "context.identity.apiKeyId",
                    "integration.request.header.x-request-id": "context.requestId",
                },
            },
        });
    });

    it('validates bodies and parameters, on the API and on every operation: ADR-003, "Request Validation"', () => {
        expect(body["x-amazon-apigateway-request-validators"]).to.deep.equal({
            everything: { validateRequestBody: true, validateRequestParameters: true },
        });
        expect(body["x-amazon-apigateway-request-validator"]).to.equal("everything");
    });

    it('checks tokens with the user pool and reads keys from the header: ADR-003, "JWT Token Validation", "API Key Authentication"', () => {
        expect(objectAt(body, "components").securitySchemes).to.deep.equal({
            user: {
                type: "apiKey",
                name: "Authorization",
                in: "header",
                "x-amazon-apigateway-authtype": "cognito_user_pools",
                "x-amazon-apigateway-authorizer": {
                    type: "cognito_user_pools",
                    providerARNs: [values.userPoolArn],
                },
            },
            key: { type: "apiKey", name: "x-api-key", in: "header" },
        });
        expect(body["x-amazon-apigateway-api-key-source"]).to.equal("HEADER");
    });

    it("switches API Gateway's own host name off", () => {
        expect(body["x-amazon-apigateway-endpoint-configuration"]).to.deep.equal({
            disableExecuteApiEndpoint: true,
        });
    });

    it("skips the certificate's authority only when asked to", () => {
        const backend = { ...settings.backend, verifyServerCertificate: false };
        const integration = (from: JsonObject): JsonObject =>
            objectAt(methodOf(from, "/notes", "post"), "x-amazon-apigateway-integration");
        expect(integration(bodyOf(notesContract, { backend })).tlsConfig).to.deep.equal({
            insecureSkipVerification: true,
        });
        expect(integration(body)).not.to.have.property("tlsConfig");
    });

    it("overwrites identity where there is no user, and counts such callers by address", () => {
        const open = bodyOf(notesContract.replace("{ user: [notes/read], key: [] }", "{ key: [] }"));
        const operation = methodOf(open, "/notes/{noteId}", "get");
        expect(operation.security).to.deep.equal([{ key: [] }]);
        expect(objectAt(operation, "x-amazon-apigateway-integration").requestParameters).to.include({
            "integration.request.header.x-user-id": "'anonymous'",
            "integration.request.header.x-consumer-id": "context.identity.sourceIp",
        });
    });

    it("leaves a public operation without security", () => {
        const open = bodyOf(notesContract.replace("[{ user: [notes/read], key: [] }]", "[]"));
        expect(methodOf(open, "/notes/{noteId}", "get").security).to.deep.equal([]);
    });

    it("answers no preflight where no origin may call", () => {
        expect(methodOf(body, "/notes", "options")).to.deep.equal({});
    });

    it("takes models for bodies only, without annotations and in draft 4", () => {
        const text = notesContract.replace(
            "text: { type: string, maxLength: 100 }",
            'text: { type: string, maxLength: 100, example: Hello, format: uuid }, example: { $ref: "#/components/schemas/Tag" }',
        );
        const withTags = `${text}    Tag: { type: string, enum: [red, blue], deprecated: true }\n    Unused: { type: string }\n`;
        expect(objectAt(bodyOf(withTags), "components").schemas).to.deep.equal({
            Note: {
                type: "object",
                additionalProperties: false,
                required: ["text"],
                properties: {
                    text: { type: "string", maxLength: 100 },
                    example: { $ref: "#/components/schemas/Tag" },
                },
            },
            Tag: { type: "string", enum: ["red", "blue"] },
        });
    });

    it("is the same text each time", () => {
        const { contract } = readContract({ file: "notes.yaml", text: notesContract });
        expect(generateBody(contract!, settings)).to.equal(generateBody(contract!, settings));
    });

    it("leaves exactly the listed placeholders open", () => {
        const { contract } = readContract({ file: "notes.yaml", text: notesContract });
        const open = generateBody(contract!, settings).match(/\{\{\w+\}\}/g);
        expect([...new Set(open)].sort()).to.deep.equal(["{{integrationTarget}}", "{{userPoolArn}}"]);
        expect(JSON.stringify(body)).not.to.contain("{{");
    });
});

describe("generateBody of the shop's contracts", () => {
    for (const api of ["users", "products", "orders", "payments", "search"]) {
        it(`makes a valid OpenAPI document of ${api}`, async () => {
            const text = readFileSync(`apis/${api}/v1.yaml`, "utf8");
            const generated = bodyOf(text, {
                basePath: `${api}/v1`,
                allowedOrigins: ["https://shop.example"],
            });
            const result = await validate(structuredClone(generated) as never);
            expect(result).to.deep.equal({ valid: true, warnings: [], specification: "OpenAPI" });
        });
    }
});
