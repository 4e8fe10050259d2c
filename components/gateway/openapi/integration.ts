import type { Operation } from "./contract";
import { identityHeaders } from "./identity";
import type { JsonObject } from "./json";
import { placeholder } from "./placeholders";

/** How an API reaches its backend behind the VPC link. */
export interface BackendTarget {
    /** Name for which the ingress has a certificate; also the Host header. */
    readonly serverName: string;
    /** Whether API Gateway verifies that certificate's authority; off only with an authority that AWS does not know. */
    readonly verifyServerCertificate: boolean;
    /** Where plain text is taken instead of TLS. */
    readonly plainPort?: number;
    /** API Gateway gives up after this time. */
    readonly timeoutMilliseconds: number;
}

/** Name of the stage variable that holds the VPC link's id. */
export const vpcLinkVariable = "vpcLinkId";

/**
 * A proxy through the VPC link V2. Query and headers pass as they are; only path parameters and identity are mapped.
 * Source: API Gateway, "x-amazon-apigateway-integration" and "Set up API with private integrations using OpenAPI".
 */
export function integration(operation: Operation, basePath: string, backend: BackendTarget): JsonObject {
    return {
        ...connection(backend),
        type: "http_proxy",
        httpMethod: operation.method.toUpperCase(),
        uri: `${originOf(backend)}/${basePath}${operation.path}`,
        passthroughBehavior: "when_no_match",
        requestParameters: requestParameters(operation),
    };
}

/** The way through the VPC link, the same for every integration. */
export function connection(backend: BackendTarget): JsonObject {
    return {
        connectionType: "VPC_LINK",
        connectionId: `\${stageVariables.${vpcLinkVariable}}`,
        integrationTarget: placeholder("integrationTarget"),
        timeoutInMillis: backend.timeoutMilliseconds,
        ...(backend.verifyServerCertificate || backend.plainPort !== undefined
            ? {}
            : { tlsConfig: { insecureSkipVerification: true } }),
    };
}

/** The scheme decides whether API Gateway speaks TLS. Source: API Gateway, "Private integrations for REST APIs", considerations. */
export function originOf({ plainPort, serverName }: BackendTarget): string {
    return plainPort === undefined ? `https://${serverName}` : `http://${serverName}:${plainPort}`;
}

function requestParameters(operation: Operation): JsonObject {
    const fromPath = operation.parameters
        .filter((parameter) => parameter.in === "path")
        .map(({ name }) => [`integration.request.path.${name}`, `method.request.path.${name}`] as const);
    const identity = Object.entries(identityHeaders(operation)).map(
        ([header, source]) => [`integration.request.header.${header}`, String(source)] as const,
    );
    return Object.fromEntries([...fromPath, ...identity]);
}
