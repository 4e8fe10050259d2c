import type { Caller, IngressRoute, Protocol, ServiceContract } from "../../model/mesh";
import type { Telemetry } from "./telemetry";
import type { ConnectionLimits } from "../../model/resilience";

/** A callee as its caller's proxy sees it: its contract, with the deployments that requests are led to. */
export interface Upstream extends Omit<
    ServiceContract,
    "localPort" | "versions" | "headerRoutes" | "mirrors"
> {
    readonly versions: readonly { readonly deployment: string; readonly weight: number }[];
    readonly headerRoutes: readonly {
        readonly header: string;
        readonly value: string;
        readonly deployment: string;
    }[];
    readonly mirrors: readonly { readonly deployment: string; readonly percent: number }[];
}

/** The application beside the sidecar. */
export interface LocalApplication {
    readonly port: number;
    readonly protocol: Protocol;
    readonly healthPath: string;
    readonly requestTimeoutSeconds: number;
    readonly limits: Required<ConnectionLimits>;
}

export interface SidecarSpec {
    /** The deployment: the service's name, or that of a version beside it. */
    readonly member: string;
    readonly service: string;
    readonly trustDomain: string;
    readonly application: LocalApplication;
    readonly callers: readonly Caller[];
    /** Callees with the loopback port on which the application reaches each. */
    readonly callees: readonly { readonly localPort: number; readonly upstream: Upstream }[];
    /** Memory that this proxy may use, in MiB. */
    readonly memory: number;
    readonly telemetry?: Telemetry | undefined;
}

/** The per-user limit that one ingress proxy holds: its share of the whole. */
export interface UserRateLimit {
    /** Requests per minute and user over all ingress tasks. ADR-003: 1000. */
    readonly requestsPerMinute: number;
    /** Requests that a user may send at once, over all ingress tasks. */
    readonly burst: number;
    /** Largest number of ingress tasks: each holds `1 / tasks` of the bucket. */
    readonly tasks: number;
    /** Users whose buckets are kept: more users at once than this would reset limits. */
    readonly users: number;
}

/** The limiter that all ingress proxies ask. */
export interface SharedLimit {
    /** What becomes of a request when the limiter does not answer: the proxy's own share of the bucket holds it, or it is refused. */
    readonly onFailure: "local" | "refuse";
}

export interface IngressSpec {
    readonly trustDomain: string;
    readonly routes: readonly IngressRoute[];
    readonly upstreams: readonly Upstream[];
    readonly rateLimit: UserRateLimit;
    /** @default every proxy holds its share, and asks nobody */
    readonly shared?: SharedLimit & { readonly limiter: Upstream };
    /** Browser origins that may read answers. API Gateway answers preflights itself, but passes answers through unchanged. */
    readonly allowedOrigins: readonly string[];
    /** Memory that this proxy may use, in MiB. */
    readonly memory: number;
    readonly telemetry?: Telemetry | undefined;
}
