import type { ApiEdgeArgs } from "../../../components/gateway/edgeArgs";
import type { Placement } from "../../../components/placement";
import { resolveLimits } from "../../../components/gateway/limits";
import type { JsonObject } from "../../../components/gateway/openapi/json";
import { webAclArgs } from "../../../components/gateway/webAcl";
import type { FirewallRequest } from "../../support/firewall";
import type { MockOptions } from "../../support/mocks";

export const placement: Placement = {
    prefix: "traffic-test",
    region: "eu-central-1",
    accountId: "123456789012",
    partition: "aws",
    kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555",
    logRetentionDays: 30,
    protect: false,
};

export const edgeArgs: ApiEdgeArgs = {
    placement,
    domain: { name: "api.shop.example", zone: { id: "Z0123456789ABC" } },
    network: { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"] },
    signIn: { domainPrefix: "shop-test" },
    clients: {
        web: { callbackUrls: ["https://shop.example/signed-in"], scopes: ["notes/read", "notes/write"] },
        mobile: { callbackUrls: ["shop://signed-in"], scopes: ["notes/read"] },
        consumers: { partner: { scopes: ["notes/read"] } },
    },
    scopes: { "notes/read": "Read notes", "notes/write": "Write notes" },
    allowedOrigins: ["https://shop.example"],
};

/** Computed values that the components use, as AWS would name them. */
export const mocks: MockOptions = {
    computed: (type, name) => {
        switch (type) {
            case "aws:acm/certificate:Certificate":
                return {
                    domainValidationOptions: [
                        {
                            resourceRecordName: "_proof",
                            resourceRecordType: "CNAME",
                            resourceRecordValue: "_value",
                        },
                    ],
                };
            case "aws:route53/zone:Zone":
                return { zoneId: `${name}_id` };
            case "aws:acm/certificateValidation:CertificateValidation":
                return { certificateArn: "arn:aws:acm:validated" };
            case "aws:apigateway/clientCertificate:ClientCertificate":
                return { pemEncodedCertificate: "PEM" };
            case "aws:apigateway/apiKey:ApiKey":
                return { value: `key of ${name}` };
            default:
                return {};
        }
    },
};

/** An API that knows nothing of a shop: two operations. */
export const notesContract = `openapi: 3.0.3
info: { title: Notes, version: 1.2.0 }
paths:
  /notes/{noteId}:
    parameters:
      - { name: noteId, in: path, required: true, schema: { type: string } }
    get:
      operationId: readNote
      security: [{ user: [notes/read], key: [] }]
      responses: { "200": { description: The note. } }
  /notes:
    post:
      operationId: writeNote
      security: [{ user: [notes/write], key: [] }]
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/Note" } } }
      responses: { "201": { description: Written. } }
components:
  securitySchemes:
    user:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: https://sign-in.example/token
          scopes: { notes/read: Read notes, notes/write: Write notes }
    key: { type: apiKey, in: header, name: x-api-key }
  schemas:
    Note:
      type: object
      additionalProperties: false
      required: [text]
      properties: { text: { type: string, maxLength: 100 } }
`;

export function aclOf(origins: readonly string[]): JsonObject {
    return webAclArgs("traffic-test", { limits: resolveLimits(), origins }) as unknown as JsonObject;
}

export function rulesOf(acl: JsonObject): readonly JsonObject[] {
    return acl.rules as readonly JsonObject[];
}

/** One request more than a credential has in a minute. */
export const overLimit: FirewallRequest = {
    headers: { authorization: "Bearer token" },
    perCredential: 1001,
};
