import type { ResolvedService } from "../../../model/mesh";
import { deploymentName, type HeaderRoute } from "../../../model/traffic";
import { milliseconds } from "./duration";
import { applicationPort } from "./names";
import type { HeaderMatch, RetryPolicy, RouteAction, RouteSpec, VirtualRouterSpec } from "./types";
import { timeouts } from "./virtualNode";

/** A route, and the name by which it stays the same when others come and go. */
export interface NamedRoute {
    readonly name: string;
    readonly spec: RouteSpec;
}

/** Requests that a route is for, and whether sending one twice does no harm. */
interface Kind {
    readonly name: string;
    readonly method?: string;
    readonly prefix: string;
    readonly isSafe: boolean;
}

export function virtualRouterSpec({ protocol }: ResolvedService): VirtualRouterSpec {
    return { listeners: [{ portMapping: { port: applicationPort, protocol } }] };
}

/** Headers that choose a version come first, then the weights; within each, what may be repeated, then the rest. */
export function routesOf(service: ResolvedService): readonly NamedRoute[] {
    const byHeader = service.headerRoutes.flatMap((route) =>
        kinds(service).map((kind) => ({
            name: `${kind.name}_if_${route.header}_is_${inName(route.value)}`,
            kind,
            headers: [headerMatch(route)],
            action: toVersion(service, route.version),
        })),
    );
    const byWeight = kinds(service).map((kind) => ({
        name: kind.name,
        kind,
        headers: [],
        action: toVersions(service),
    }));
    return [...byHeader, ...byWeight].map(({ name, kind, headers, action }, index) => ({
        name: `${service.name}-${name}`,
        spec: { priority: index, ...carried(service, kind, headers, action) },
    }));
}

function kinds({ protocol, safeRepeats }: ResolvedService): readonly Kind[] {
    const rest: Kind = { name: "rest", prefix: "/", isSafe: false };
    if (protocol === "grpc") {
        return [rest];
    }
    return [
        ...safeRepeats.map(({ method, pathPrefix }) => ({
            name: `${method.toLowerCase()}_at_${inName(pathPrefix)}`,
            method,
            prefix: pathPrefix,
            isSafe: true,
        })),
        ...["GET", "HEAD"].map((method) => ({
            name: method.toLowerCase(),
            method,
            prefix: "/",
            isSafe: true,
        })),
        rest,
    ];
}

function carried(
    service: ResolvedService,
    { method, prefix, isSafe }: Kind,
    headers: HeaderMatch[],
    action: RouteAction,
): Omit<RouteSpec, "priority"> {
    const common = { action, retryPolicy: retryPolicy(service, isSafe), timeout: timeouts(service) };
    if (service.protocol === "grpc") {
        const metadata = headers.length === 0 ? {} : { metadatas: headers };
        return { grpcRoute: { match: { port: applicationPort, ...metadata }, ...common } };
    }
    const match = {
        prefix,
        port: applicationPort,
        ...(method === undefined ? {} : { method }),
        ...(headers.length === 0 ? {} : { headers }),
    };
    const route = { match, ...common };
    return service.protocol === "http" ? { httpRoute: route } : { http2Route: route };
}

/**
 * A route without a policy would get App Mesh's own, which repeats whatever the method is: none is therefore said in words.
 * Source: AWS App Mesh user guide, "Default route retry policy".
 */
function retryPolicy({ requestTimeoutSeconds }: ResolvedService, isSafe: boolean): RetryPolicy {
    const perRetryTimeout = milliseconds(requestTimeoutSeconds / 3);
    return isSafe
        ? {
              maxRetries: 2,
              perRetryTimeout,
              httpRetryEvents: ["server-error", "stream-error"],
              tcpRetryEvents: ["connection-error"],
          }
        : { maxRetries: 0, perRetryTimeout, tcpRetryEvents: ["connection-error"] };
}

function headerMatch({ header, value }: HeaderRoute): HeaderMatch {
    return { name: header, match: { exact: value } };
}

function toVersion({ name }: ResolvedService, version: string): RouteAction {
    return target([{ deployment: deploymentName(name, version), weight: 100 }]);
}

function toVersions({ versions }: ResolvedService): RouteAction {
    return target(versions.filter(({ weight }) => weight > 0));
}

function target(versions: readonly { readonly deployment: string; readonly weight: number }[]): RouteAction {
    return {
        weightedTargets: versions.map(({ deployment, weight }) => ({
            virtualNode: deployment,
            weight,
            port: applicationPort,
        })),
    };
}

/**
 * Another text for another text, in characters that every name may have: "/" is ".", and each byte but letters, digits and "-" is two hexadecimal
 * digits after "_". The words between (`_at_`, `_if_`, `_is_`) are no such digits: a whole name is that of one route.
 */
function inName(text: string): string {
    return Array.from(Buffer.from(text, "utf8"), (byte) => {
        const character = String.fromCharCode(byte);
        if (/[A-Za-z0-9-]/.test(character)) {
            return character;
        }
        return character === "/" ? "." : `_${byte.toString(16).padStart(2, "0")}`;
    }).join("");
}
