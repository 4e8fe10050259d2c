import {
    callersOf,
    deployedService,
    serviceOf,
    type ResolvedMesh,
    type ResolvedService,
} from "../../../model/mesh";
import { limitsOfAllCallers } from "../../../model/resilience";
import { timing } from "../../timing";
import { accessLog } from "./accessLog";
import { milliseconds, wholeSeconds } from "./duration";
import { applicationPort, virtualServiceName } from "./names";
import { memberTls, towards } from "./tls";
import type { ConnectionPool, HealthCheck, OutlierDetection, Timeouts, VirtualNodeSpec } from "./types";

/** One deployment of a service: its listener, whom it may call, where its tasks are found. */
export function virtualNodeSpec(mesh: ResolvedMesh, deployment: string): VirtualNodeSpec {
    const service = deployedService(mesh, deployment);
    const { trustDomain } = mesh;
    const callers = callersOf(mesh, service.name).map(({ name }) => name);
    const { protocol } = service;
    return {
        listeners: [
            {
                portMapping: { port: applicationPort, protocol },
                tls: memberTls(trustDomain, service.name, callers),
                healthCheck: healthCheck(service),
                outlierDetection: outlierDetection(service),
                connectionPool: connectionPool(service),
                timeout: { [protocol]: timeouts(service) },
            },
        ],
        backends: service.calls.map((callee) => ({
            virtualService: {
                virtualServiceName: virtualServiceName(serviceOf(mesh, callee).name, trustDomain),
                clientPolicy: towards(trustDomain, [callee]),
            },
        })),
        serviceDiscovery: { awsCloudMap: { namespaceName: trustDomain, serviceName: deployment } },
        logging: accessLog,
    };
}

export function timeouts({ requestTimeoutSeconds }: ResolvedService): Timeouts {
    const longest = milliseconds(requestTimeoutSeconds);
    return { idle: longest, perRequest: longest };
}

/** Asked by callers' proxies, through the listener. App Mesh wants two answers at least before it believes either. */
function healthCheck({ protocol, healthPath }: ResolvedService): HealthCheck {
    return {
        protocol,
        ...(protocol === "grpc" ? {} : { path: healthPath }),
        healthyThreshold: 2,
        unhealthyThreshold: 2,
        intervalMillis: timing.healthIntervalSeconds * 1000,
        timeoutMillis: timing.healthTimeoutSeconds * 1000,
    };
}

/** In App Mesh the callee says how its callers' proxies take a failing instance out. */
function outlierDetection({ circuitBreaker }: ResolvedService): OutlierDetection {
    return {
        maxServerErrors: circuitBreaker.consecutiveFailures,
        interval: wholeSeconds(timing.ejectionSweepSeconds),
        baseEjectionDuration: wholeSeconds(circuitBreaker.ejectionSeconds),
        maxEjectionPercent: 100,
    };
}

/** Towards the application, from all callers together. A connection of HTTP/1.1 has one request in flight. */
function connectionPool({ protocol, limits }: ResolvedService): ConnectionPool {
    const { maxConnections, maxPendingRequests, maxRequests } = limitsOfAllCallers(limits);
    switch (protocol) {
        case "http":
            return { https: [{ maxConnections: Math.min(maxConnections, maxRequests), maxPendingRequests }] };
        case "http2":
            return { http2s: [{ maxRequests }] };
        case "grpc":
            return { grpcs: [{ maxRequests }] };
    }
}
