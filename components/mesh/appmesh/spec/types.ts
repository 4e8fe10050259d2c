/*
 * App Mesh's specs, as far as they are written here, with the names that the provider gives their fields.
 * Source: AWS App Mesh API reference; `test/components/mesh/appmesh/serviceModel.test.ts` holds them against the service's model.
 */

export interface Duration {
    unit: "ms" | "s";
    value: number;
}

export interface PortMapping {
    port: number;
    protocol: "http" | "http2" | "grpc";
}

export interface FileCertificate {
    file: { certificateChain: string; privateKey: string };
}

export interface PeerValidation {
    trust: { file: { certificateChain: string } };
    subjectAlternativeNames?: { match: { exacts: string[] } };
}

export interface ListenerTls {
    mode: "STRICT";
    certificate: FileCertificate;
    validation: PeerValidation;
}

export interface ClientPolicy {
    tls: { enforce: true; ports: number[]; certificate: FileCertificate; validation: PeerValidation };
}

export interface HealthCheck {
    protocol: "http" | "http2" | "grpc";
    path?: string;
    healthyThreshold: number;
    unhealthyThreshold: number;
    intervalMillis: number;
    timeoutMillis: number;
}

export interface OutlierDetection {
    maxServerErrors: number;
    interval: Duration;
    baseEjectionDuration: Duration;
    maxEjectionPercent: number;
}

interface HttpPool {
    maxConnections: number;
    maxPendingRequests: number;
}

export interface ConnectionPool {
    https?: HttpPool[];
    http2s?: { maxRequests: number }[];
    grpcs?: { maxRequests: number }[];
}

export interface Timeouts {
    idle: Duration;
    perRequest: Duration;
}

export interface Logging {
    accessLog: { file: { path: string; format: { jsons: { key: string; value: string }[] } } };
}

export interface VirtualNodeSpec {
    listeners: {
        portMapping: PortMapping;
        tls: ListenerTls;
        healthCheck: HealthCheck;
        outlierDetection: OutlierDetection;
        connectionPool: ConnectionPool;
        timeout: { http?: Timeouts; http2?: Timeouts; grpc?: Timeouts };
    }[];
    backends: { virtualService: { virtualServiceName: string; clientPolicy: ClientPolicy } }[];
    serviceDiscovery: { awsCloudMap: { namespaceName: string; serviceName: string } };
    logging: Logging;
}

export interface VirtualRouterSpec {
    listeners: { portMapping: PortMapping }[];
}

export interface VirtualServiceSpec {
    provider: { virtualRouter: { virtualRouterName: string } };
}

export interface RetryPolicy {
    maxRetries: number;
    perRetryTimeout: Duration;
    httpRetryEvents?: string[];
    tcpRetryEvents?: string[];
    grpcRetryEvents?: string[];
}

export interface RouteAction {
    weightedTargets: { virtualNode: string; weight: number; port: number }[];
}

export interface HeaderMatch {
    name: string;
    match: { exact: string };
}

export interface HttpRoute {
    match: { prefix: string; port: number; method?: string; headers?: HeaderMatch[] };
    action: RouteAction;
    retryPolicy: RetryPolicy;
    timeout: Timeouts;
}

export interface GrpcRoute {
    match: { port: number; metadatas?: HeaderMatch[] };
    action: RouteAction;
    retryPolicy: RetryPolicy;
    timeout: Timeouts;
}

export interface RouteSpec {
    priority: number;
    httpRoute?: HttpRoute;
    http2Route?: HttpRoute;
    grpcRoute?: GrpcRoute;
}

export interface VirtualGatewaySpec {
    listeners: {
        portMapping: PortMapping;
        tls: ListenerTls;
        connectionPool: { http: HttpPool };
    }[];
    backendDefaults: { clientPolicy: ClientPolicy };
    logging: Logging;
}

export interface GatewayRouteSpec {
    httpRoute: {
        match: { prefix: string };
        action: {
            target: { virtualService: { virtualServiceName: string } };
            rewrite: { prefix: { value: string } | { defaultPrefix: "DISABLED" } };
        };
    };
}
