import type * as pulumi from "@pulumi/pulumi";
import type { PolicyStatement } from "../iam";
import type { Lacks } from "../model/capabilities";
import type { DataPlaneName } from "../model/dataPlane";
import type { Issue } from "../model/issues";
import type { ResolvedMesh, ResolvedService, ServiceContract } from "../model/mesh";
import type { Phase } from "../model/phase";
import type { Placement } from "../placement";
import type { ContainerLogs } from "./containers";
import type { JsonObject } from "./json";
import type { SharedLimit, UserRateLimit } from "./envoy/spec";
import type { Proxy, ProxyArgs } from "./proxy";
import type { TelemetrySettings } from "./telemetry/telemetry";

/** A member whose proxy is to be written. */
export interface MemberProxyRequest {
    readonly mesh: ResolvedMesh;
    /** Beginning of every physical name. */
    readonly prefix: string;
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
    /** The limiter that all proxies ask. @default each holds its share */
    readonly shared?: SharedLimit | undefined;
    readonly allowedOrigins: readonly string[];
    /** MiB that the proxy may use. */
    readonly memory: number;
    /** Worker threads. */
    readonly concurrency: number;
}

/** What a member's task is besides its containers. */
export interface TaskParts {
    /** What its role may do for the proxy. */
    readonly statements: readonly PolicyStatement[];
    /** How the task's traffic gets into the proxy. @default the application calls it on loopback */
    readonly proxyConfiguration?: {
        readonly type: string;
        readonly containerName: string;
        readonly properties: Record<string, string>;
    };
}

/**
 * Everything in which one way to carry the mesh differs from another. `ServiceMesh`, `MeshedService` and `MeshIngress` ask it and
 * know nothing else of it.
 */
export interface DataPlane {
    readonly name: DataPlaneName;
    /** Port on which members take each other's requests: the only one that their security group opens. */
    readonly memberPort: number;
    /** AWS services that its proxies reach, besides those of every task: last parts of the names of interface endpoints. */
    readonly endpoints: readonly string[];
    /** What it does instead of what it cannot do; everything else it holds. docs/data-planes.md is this in words. */
    readonly lacks: Lacks;
    /** What it wants of a mesh, apart from what it lacks. */
    checkMesh(mesh: ResolvedMesh, proxy: ProxyArgs, phase: Phase): readonly Issue[];
    /** What it wants of an application. */
    checkApplication(application: { readonly port: number; readonly user: string }): readonly Issue[];
    /** What is left of a mesh after what it lacks was given up. */
    carried(mesh: ResolvedMesh): ResolvedMesh;
    /** Where an application reaches a callee. */
    addressOf(callee: ServiceContract, mesh: ResolvedMesh): string;
    /** The proxy beside an application. */
    sidecar(request: SidecarRequest): JsonObject;
    /** The proxy through which requests of the gateway enter. */
    ingressProxy(request: IngressProxyRequest): JsonObject;
    taskOf(member: string, placement: Placement): TaskParts;
    /** Resources that the mesh needs besides its members; members wait for them. */
    createMesh(
        name: string,
        mesh: ResolvedMesh,
        placement: Placement,
        opts: pulumi.ComponentResourceOptions,
    ): readonly pulumi.Resource[];
}
