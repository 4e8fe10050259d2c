import type { Accepts, AllowedRequest } from "./access";
import type { CircuitBreaker, ConnectionLimits, SafeRepeat } from "./resilience";
import type { ResolvedVersion, TrafficSplit } from "./traffic";

/** What an application speaks on its port. */
export type Protocol = "http" | "http2" | "grpc";

/** How callers spread requests over a service's instances (ADR-003: "Round Robin, Least Connections"). */
export type LoadBalancing = "ROUND_ROBIN" | "LEAST_REQUEST";

/** What the whole mesh must know of a service: the contract between it and its callers. */
export interface MeshServiceDefinition extends TrafficSplit {
    /** Loopback port on which each caller reaches this service; fixed, so that adding a callee moves no other. */
    readonly localPort: number;
    /** @default "http" */
    readonly protocol?: Protocol;
    /** @default "ROUND_ROBIN" */
    readonly loadBalancing?: LoadBalancing;
    /** Names of the services that this one calls. Whatever is not named is refused. @default none */
    readonly calls?: readonly string[];
    /** Path that answers 200 when an instance can serve; gRPC services answer the standard health service instead. @default "/healthz" */
    readonly healthPath?: string;
    /** Longest time that one request may take, in seconds. @default 15 */
    readonly requestTimeoutSeconds?: number;
    /** @default ADR-003: 5 failures, 60 s */
    readonly circuitBreaker?: CircuitBreaker;
    /** What each caller may have in flight. */
    readonly limits?: ConnectionLimits;
    /** Routes that may be repeated although they are not GET or HEAD. @default none */
    readonly safeRepeats?: readonly SafeRepeat[];
    /** Whether the service passes on the identity headers that it received; its callees then believe it. @default false */
    readonly propagatesIdentity?: boolean;
    /** Callers that may send some requests only. @default each declared caller may send every request */
    readonly accepts?: Accepts;
    /** Callers that other stacks deploy, and the ingress of another stack, by name: nobody else from outside is let in. @default none */
    readonly foreignCallers?: Readonly<Record<string, ForeignCaller>>;
}

/** A caller that another stack deploys. */
export interface ForeignCaller {
    /** Whether this service believes the identity headers that the caller passes on. @default false; the ingress is always believed */
    readonly propagatesIdentity?: boolean;
}

/** A public API's way from the ingress into the mesh. */
export interface IngressRoute {
    /** First path segment after the host: the API's name. */
    readonly api: string;
    /** Service that its requests are handed to. */
    readonly service: string;
    /** Names of the API's stages, which API Gateway puts in front of its paths. @default any "v" and a number; a data plane without patterns needs them */
    readonly stages?: readonly string[];
}

export interface MeshDefinition {
    /** SPIFFE trust domain, and the private DNS namespace of the services. */
    readonly trustDomain: string;
    readonly services: Readonly<Record<string, MeshServiceDefinition>>;
    /** Public APIs that enter through the ingress. @default none */
    readonly ingress?: readonly IngressRoute[];
    /** Whether a `UserLimiter`, which the ingress alone may call, is a member. @default false */
    readonly userLimiter?: boolean;
}

/** A mesh with what other stacks deploy into it. */
export interface SharedMesh extends MeshDefinition {
    /** Services that other stacks deploy, as their owners' stacks declare them. @default none */
    readonly foreign?: Readonly<Record<string, ForeignService>>;
}

type Replaced = "circuitBreaker" | "limits" | "versions";

export interface ResolvedService extends Required<Omit<MeshServiceDefinition, Replaced>> {
    readonly name: string;
    readonly versions: readonly ResolvedVersion[];
    readonly circuitBreaker: Required<CircuitBreaker>;
    readonly limits: Required<ConnectionLimits>;
}

const contractFields = [
    "name",
    "localPort",
    "protocol",
    "loadBalancing",
    "healthPath",
    "requestTimeoutSeconds",
    "circuitBreaker",
    "limits",
    "safeRepeats",
    "versions",
    "headerRoutes",
    "mirrors",
] as const satisfies readonly (keyof ResolvedService)[];

/** What callers must know of a service: every default is applied, so that it can travel as a stack's output. */
export type ServiceContract = Pick<ResolvedService, (typeof contractFields)[number]>;

/** A service that another stack deploys. */
export interface ForeignService extends ServiceContract {
    /** Whom its owner lets in. */
    readonly callers: readonly string[];
}

/** A declared caller of a service, and whether its identity headers are believed. */
export interface Caller {
    readonly name: string;
    readonly propagatesIdentity: boolean;
    /** What it may send; nothing here means everything. */
    readonly requests: readonly AllowedRequest[];
}

/** The mesh with every default applied and every reference known to hold. */
export interface ResolvedMesh {
    readonly trustDomain: string;
    readonly services: ReadonlyMap<string, ResolvedService>;
    /** Each version's deployment, by its name, with its service: what a `MeshedService` is made for. */
    readonly deployments: ReadonlyMap<string, ResolvedService>;
    readonly ingress: readonly IngressRoute[];
    /** Services that other stacks deploy. */
    readonly foreign: ReadonlyMap<string, ForeignService>;
}

/** A service that the mesh must have. */
export function serviceOf({ services }: ResolvedMesh, name: string): ResolvedService {
    const service = services.get(name);
    if (service === undefined) {
        throw new RangeError(`the mesh has no service "${name}"`);
    }
    return service;
}

/** What a caller knows of a service that it calls: one of the mesh's own, or another stack's. */
export function calleeOf(mesh: ResolvedMesh, name: string): ServiceContract {
    return mesh.foreign.get(name) ?? serviceOf(mesh, name);
}

/** The service of a deployment that the mesh must have. */
export function deployedService({ deployments }: ResolvedMesh, name: string): ResolvedService {
    const service = deployments.get(name);
    if (service === undefined) {
        throw new RangeError(`the mesh deploys no "${name}"`);
    }
    return service;
}

/** Name of the ingress as a member of the mesh: reserved. */
export const ingressName = "ingress";

/** Name of the limiter that all ingress tasks ask as a member of the mesh: reserved. */
export const userLimiterName = "user-limiter";

/** Nobody's application calls it, so nothing listens on its local port; the timeout is far above the one that the ingress sets. */
export const userLimiterService: MeshServiceDefinition = {
    localPort: 15444,
    protocol: "grpc",
    loadBalancing: "LEAST_REQUEST",
    requestTimeoutSeconds: 1,
};

/** Names that no service of a mesh may have. */
export const reservedMembers: readonly string[] = [ingressName, userLimiterName];

/** Headers that carry a verified identity inwards; nobody but the ingress and declared propagators may set them. */
export const identityHeaders = ["x-user-id", "x-consumer-id"] as const;

/**
 * What `x-user-id` says of a request without a token: the gateway overwrites what the client sent, and an empty value might be
 * dropped on the way. The consumer id of such a request is the client's address.
 */
export const anonymousUser = "anonymous";

/** `spiffe://shop.internal/payment-service` */
export function spiffeId(trustDomain: string, member: string): string {
    return `spiffe://${trustDomain}/${member}`;
}

const callerIndexes = new WeakMap<ResolvedMesh, ReadonlyMap<string, readonly ResolvedService[]>>();

/** Reckoned once a mesh: every service is asked for its callers. */
function callersByService(mesh: ResolvedMesh): ReadonlyMap<string, readonly ResolvedService[]> {
    const known = callerIndexes.get(mesh);
    if (known !== undefined) {
        return known;
    }
    const index = new Map<string, ResolvedService[]>();
    for (const caller of mesh.services.values()) {
        for (const callee of new Set(caller.calls)) {
            const callers = index.get(callee) ?? [];
            callers.push(caller);
            index.set(callee, callers);
        }
    }
    callerIndexes.set(mesh, index);
    return index;
}

/** The callers that the call graph declares for a service: sorted by name, so that generated text is stable. */
export function callersOf(mesh: ResolvedMesh, service: string): readonly Caller[] {
    const narrowed = (caller: string): readonly AllowedRequest[] =>
        mesh.services.get(service)?.accepts[caller] ?? [];
    const declared = (callersByService(mesh).get(service) ?? []).map(({ name, propagatesIdentity }) => ({
        name,
        propagatesIdentity,
        requests: narrowed(name),
    }));
    const isAsked = service === userLimiterName || mesh.ingress.some((route) => route.service === service);
    const fromIngress = isAsked
        ? [{ name: ingressName, propagatesIdentity: true, requests: narrowed(ingressName) }]
        : [];
    const outside = Object.entries(mesh.services.get(service)?.foreignCallers ?? {}).map(
        ([name, { propagatesIdentity = name === ingressName }]) => ({
            name,
            propagatesIdentity,
            requests: narrowed(name),
        }),
    );
    return [...declared, ...fromIngress, ...outside].sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** What a caller knows of a service: one of the mesh's own, or another stack's. */
export function contractOf(mesh: ResolvedMesh, service: string): ServiceContract | undefined {
    return mesh.services.get(service) ?? mesh.foreign.get(service);
}

/** What a stack tells others of the services that it deploys. */
export function contractsOf(mesh: ResolvedMesh): Readonly<Record<string, ForeignService>> {
    const contracts = [...mesh.services.values()].map((service): [string, ForeignService] => {
        const told = Object.fromEntries(contractFields.map((field) => [field, service[field]]));
        const callers = callersOf(mesh, service.name).map(({ name }) => name);
        return [service.name, { ...(told as unknown as ServiceContract), callers }];
    });
    return Object.fromEntries(contracts);
}
