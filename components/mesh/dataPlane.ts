import type { DataPlaneName } from "../model/dataPlane";
import type { ResolvedMesh, ResolvedService } from "../model/mesh";
import type { ContainerLogs } from "./containers";
import type { JsonObject } from "./envoy/json";
import type { UserRateLimit } from "./envoy/spec";
import type { Proxy } from "./proxy";
import type { TelemetrySettings } from "./telemetry/telemetry";

/** A member whose proxy is to be written. */
export interface MemberProxyRequest {
    readonly mesh: ResolvedMesh;
    readonly proxy: Proxy;
    /** @default no collector beside the proxy */
    readonly telemetry?: TelemetrySettings | undefined;
    readonly logs: ContainerLogs;
    /** Environment variable to parameter name: the member's identity, and whom it trusts. */
    readonly secrets: Readonly<Record<string, string>>;
}

export interface SidecarRequest extends MemberProxyRequest {
    /** Name of the deployment: its service's, or a version's. */
    readonly name: string;
    readonly service: ResolvedService;
    readonly application: {
        readonly port: number;
        /** Whether it has a health check of its own, which the sidecar then waits for. */
        readonly isChecked: boolean;
    };
}

export interface IngressProxyRequest extends MemberProxyRequest {
    readonly rateLimit: UserRateLimit;
    readonly allowedOrigins: readonly string[];
    /** MiB that the proxy may use. */
    readonly memory: number;
    /** Worker threads. */
    readonly concurrency: number;
}

/**
 * Everything in which one way to carry the mesh differs from another. `ServiceMesh`, `MeshedService` and `MeshIngress` ask it and
 * know nothing else of it.
 */
export interface DataPlane {
    readonly name: DataPlaneName;
    /** Port on which members take each other's requests: the only one that their security group opens. */
    readonly memberPort: number;
    /** Where an application reaches a callee. */
    addressOf(callee: ResolvedService, mesh: ResolvedMesh): string;
    /** The proxy beside an application. */
    sidecar(request: SidecarRequest): JsonObject;
    /** The proxy through which requests of the gateway enter. */
    ingressProxy(request: IngressProxyRequest): JsonObject;
}
