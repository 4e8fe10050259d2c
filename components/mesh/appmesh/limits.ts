import type { Lacks } from "../../model/capabilities";
import { Issues, type Issue } from "../../model/issues";
import { userLimiterName, type ResolvedMesh, type ResolvedService } from "../../model/mesh";
import { lastPhase, type Phase } from "../../model/phase";
import type { ProxyArgs } from "../proxy";
import { proxyUser } from "./interception";
import { applicationPort } from "./spec/names";
import { routesOf } from "./spec/routes";

/** What App Mesh's API has no field for, or its proxy does in a way of its own. Source: AWS App Mesh API reference and user guide. */
export const lacks: Lacks = {
    tls13: "lets its proxies agree on TLS 1.2 too, and takes no version",
    acceptedRequests: "knows callers by certificate only, not by what they ask for",
    identityHeaders: "neither removes headers nor matches a caller's certificate: who may call is believed",
    steeringHeaders: "has no field that removes headers of Envoy's own",
    leastRequest: "balances by round robin",
    evenEjections: "keeps an instance out for longer each time, up to 300 s",
    allInstancesOut: "sends requests to instances that are out when half of them are",
    failurePercentage: "opens its breaker after failures in a row only",
    idleHealthChecks: "takes no interval for callees without traffic",
    callerLimits: "bounds what reaches an application from all callers together",
    grpcRepeats: "has no route here for single gRPC methods",
    retryBudget: "repeats without a budget",
    mirrors: "copies no requests",
    logPaths: "ended with an Envoy that cannot write a path without its query string",
    telemetry: "sends neither OpenTelemetry traces nor its statistics",
    calleeAtIngress: "has one list of names for all that its virtual gateway reaches",
    userLimit: "counts no requests",
    ingressGuards: "has no filters at its virtual gateway",
    browserAnswers: "adds no headers to answers",
};

const mostTargets = 10;
/** Source: AWS App Mesh API reference, CreateRoute: `routeName`. */
const longestName = 255;

/** What App Mesh wants of a mesh that it can carry. */
export function checkMesh(
    { ingress, services }: ResolvedMesh,
    { image }: ProxyArgs,
    phase: Phase,
): readonly Issue[] {
    const issues = new Issues();
    issues.require(
        phase.number === lastPhase.number,
        "migration.phase",
        phase.number,
        `${lastPhase.number}: data plane "appmesh" intercepts the port on which earlier phases call applications in plain text`,
    );
    issues.require(
        /\/([\w.-]*-)?appmesh-envoy[:@]/.test(image),
        "proxy.image",
        image,
        'AWS\'s Envoy for App Mesh, such as "…/aws-appmesh-envoy:v1.29.12.1-prod", with data plane "appmesh"',
    );
    for (const [index, { stages }] of ingress.entries()) {
        issues.require(
            (stages ?? []).length > 0,
            `ingress[${index}].stages`,
            stages,
            'the names of the API\'s stages: data plane "appmesh" has no pattern for them',
        );
    }
    issues.require(
        !services.has(userLimiterName),
        "userLimiter",
        true,
        'false: the virtual gateway of data plane "appmesh" asks no limiter',
    );
    for (const service of services.values()) {
        const { name, versions } = service;
        const want = `at most ${mostTargets} versions with data plane "appmesh"`;
        issues.require(versions.length <= mostTargets, `services.${name}.versions`, versions.length, want);
        const long = routesOf(service).find((route) => route.name.length > longestName)?.name;
        issues.require(
            long === undefined,
            `services.${name}`,
            long,
            `shorter paths of safeRepeats and values of headerRoutes: a route is named after them, in at most ${longestName} characters with data plane "appmesh"`,
        );
    }
    return issues.all;
}

/** The port that is open to members is the application's own, and the proxy is told from it by its user. */
export function checkApplication({
    port,
    user,
}: {
    readonly port: number;
    readonly user: string;
}): readonly Issue[] {
    const issues = new Issues();
    issues.require(
        port === applicationPort,
        "port",
        port,
        `${applicationPort}: with data plane "appmesh" every application listens on the one port that members reach`,
    );
    issues.require(
        user.split(":").every((id) => id !== proxyUser),
        "user",
        user,
        `another user and group than ${proxyUser}, the proxy's: what it sends would go around the mesh`,
    );
    return issues.all;
}

/** A mesh without what is lacking: what was given up is not in what the proxies are told, nor in what the mesh registers. */
export function carried(mesh: ResolvedMesh): ResolvedMesh {
    const services = new Map([...mesh.services].map(([name, service]) => [name, withoutLacking(service)]));
    const deployments = [...mesh.deployments].flatMap(([deployment, { name }]) => {
        const service = services.get(name);
        return service === undefined ? [] : [[deployment, service] as const];
    });
    return { ...mesh, services, deployments: new Map(deployments) };
}

function withoutLacking(service: ResolvedService): ResolvedService {
    return {
        ...service,
        loadBalancing: "ROUND_ROBIN",
        accepts: {},
        mirrors: [],
        safeRepeats: service.protocol === "grpc" ? [] : service.safeRepeats,
        propagatesIdentity: service.calls.length > 0 || service.propagatesIdentity,
    };
}
