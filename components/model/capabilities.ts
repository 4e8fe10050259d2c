import type { DataPlaneName } from "./dataPlane";
import { Issues, wantOneOf, type Issue } from "./issues";
import type { ResolvedMesh, ResolvedService } from "./mesh";
import { resilienceDefaults } from "./resilience";

/** What a mesh may ask of its data plane, in the order of docs/data-planes.md. */
export const capabilities = {
    mutualTls: "Mutual TLS on every hop, with certificates by SPIFFE identity",
    tls13: "TLS 1.3 and nothing older",
    callers: "Callers as the call graph declares, everybody else refused",
    acceptedRequests: "Callers that may send some methods or paths only (`accepts`)",
    identityHeaders:
        "Identity headers believed of the ingress and of services that pass them on (`propagatesIdentity`)",
    steeringHeaders: "Headers that would steer the proxy removed from every request",
    roundRobin: "Round robin over a service's instances",
    leastRequest: "Least connections (`loadBalancing: LEAST_REQUEST`)",
    consecutiveFailures: "Circuit breaker: 5 failures in a row take an instance out for 60 s",
    evenEjections: "Circuit breaker: an instance that fails again is out for as long as the first time",
    allInstancesOut: "Circuit breaker: no request goes to an instance that is out, not even when all are",
    failurePercentage:
        "Circuit breaker: half of the requests failing takes an instance out, successes in between or not",
    healthChecks: "Active health checks through the mesh, every 5 s",
    idleHealthChecks: "Health checks as often where there is no traffic",
    timeouts: "A longest time for each request (`requestTimeoutSeconds`)",
    callerLimits: "Connections and requests bounded for each caller (`limits`)",
    reads: "Reads repeated twice, writes never",
    safeRepeats: "Writes repeated where the service says so (`safeRepeats`)",
    grpcRepeats: "gRPC methods repeated where the service says so (`safeRepeats`)",
    retryBudget: "Repeats bounded to a share of the requests in flight",
    versions: "Weighted versions of a service (`versions`)",
    headerRoutes: "Versions chosen by a header (`headerRoutes`)",
    mirrors: "Reads copied to a version (`mirrors`)",
    drain: "Proxies drained before they stop",
    accessLogs: "A log line for each request",
    logPaths: "The request's path in its log line",
    telemetry: "Traces, and statistics as CloudWatch metrics (`telemetry`)",
    gatewayCertificate: "Entrance for API Gateway's client certificate only",
    calleeAtIngress: "The ingress takes of each service that service's identity and no other",
    userLimit: "A limit for each user at the ingress (`rateLimit`)",
    ingressGuards:
        "At the ingress: requests without identity and large bodies refused, the client's credentials and trace headers removed",
    browserAnswers: "Answers that browsers of other origins may read (`allowedOrigins`)",
} as const;
export type Capability = keyof typeof capabilities;

/** What a data plane does instead of what it cannot do. */
export type Lacks = Readonly<Partial<Record<Capability, string>>>;

/** What a mesh asks of its data plane. */
export interface Asked {
    readonly mesh: ResolvedMesh;
    /** Whether it has a collector beside every proxy. */
    readonly telemetry: boolean;
}

interface Use {
    readonly path: string;
    readonly got: unknown;
}

/** Arguments by which a mesh asks for a capability; every mesh asks for those that are not here. */
const byArgument: Partial<Record<Capability, (asked: Asked) => readonly Use[]>> = {
    acceptedRequests: ofServices("accepts", ({ accepts }) => Object.keys(accepts).length > 0),
    identityHeaders: ofServices(
        "propagatesIdentity",
        ({ calls, propagatesIdentity }) => calls.length > 0 && !propagatesIdentity,
    ),
    leastRequest: ofServices("loadBalancing", ({ loadBalancing }) => loadBalancing === "LEAST_REQUEST"),
    callerLimits: ofServices(
        "limits",
        ({ limits }) => JSON.stringify(limits) !== JSON.stringify(resilienceDefaults.limits),
    ),
    safeRepeats: ofServices("safeRepeats", ({ safeRepeats }) => safeRepeats.length > 0),
    grpcRepeats: ofServices(
        "safeRepeats",
        ({ protocol, safeRepeats }) => protocol === "grpc" && safeRepeats.length > 0,
    ),
    versions: ofServices("versions", ({ versions }) => versions.length > 1),
    headerRoutes: ofServices("headerRoutes", ({ headerRoutes }) => headerRoutes.length > 0),
    mirrors: ofServices("mirrors", ({ mirrors }) => mirrors.length > 0),
    telemetry: ({ telemetry }) => (telemetry ? [{ path: "telemetry", got: "a collector" }] : []),
};

const ofEntrance: readonly Capability[] = [
    "gatewayCertificate",
    "calleeAtIngress",
    "userLimit",
    "ingressGuards",
    "browserAnswers",
];

function ofServices(
    argument: keyof ResolvedService,
    asks: (service: ResolvedService) => boolean,
): (asked: Asked) => readonly Use[] {
    return ({ mesh }) =>
        [...mesh.services.values()]
            .filter(asks)
            .map((service) => ({ path: `services.${service.name}.${argument}`, got: service[argument] }));
}

function isAsked(capability: Capability, asked: Asked): boolean {
    if (ofEntrance.includes(capability)) {
        return asked.mesh.ingress.length > 0;
    }
    const uses = byArgument[capability];
    return uses === undefined || uses(asked).length > 0;
}

/**
 * Whatever a mesh asks for and its data plane lacks is an issue, of the argument that asks for it, until somebody has said that the
 * mesh does without; and so is saying so for nothing.
 */
export function checkCapabilities(
    dataPlane: { readonly name: DataPlaneName; readonly lacks: Lacks },
    asked: Asked,
    givesUp: readonly Capability[],
): readonly Issue[] {
    const issues = new Issues();
    const { name, lacks } = dataPlane;
    const lacking = (Object.entries(lacks) as [Capability, string][]).filter(([capability]) =>
        isAsked(capability, asked),
    );
    for (const [capability, instead] of lacking.filter(([each]) => !givesUp.includes(each))) {
        const reason = `data plane "${name}" ${instead}`;
        const uses = byArgument[capability]?.(asked);
        if (uses === undefined) {
            issues.add("givesUp", givesUp, `a list with "${capability}", to do without: ${reason}`);
        }
        for (const { path, got } of uses ?? []) {
            issues.add(path, got, `another value, or "${capability}" in givesUp: ${reason}`);
        }
    }
    const names = lacking.map(([capability]) => capability);
    for (const [index, capability] of givesUp.entries()) {
        const path = `givesUp[${index}]`;
        const want =
            names.length === 0
                ? `nothing here: data plane "${name}" holds everything that this mesh asks for`
                : wantOneOf(names);
        issues.require(names.includes(capability), path, capability, want);
        issues.require(givesUp.indexOf(capability) === index, path, capability, "each once");
    }
    return issues.all;
}
