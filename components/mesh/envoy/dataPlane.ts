import { meshPort } from "../../model/ports";
import { applicationContainerName, type StartedBefore } from "../containers";
import type { DataPlane, IngressProxyRequest, SidecarRequest } from "../dataPlane";
import type { JsonObject } from "../json";
import { beforeProxy } from "../telemetry/collectorContainer";
import { drainSeconds } from "../timing";
import { envoyContainer, type EnvoyContainer } from "./envoyContainer";
import { ingressSpec, sidecarSpec } from "./fromMesh";
import { ingressBootstrap } from "./ingress";
import { sidecarBootstrap } from "./sidecar";

/** An Envoy in every task, whose static bootstrap is written from the call graph: docs/decisions/0001-data-plane.md. */
export const envoyDataPlane: DataPlane = {
    name: "envoy",
    memberPort: meshPort,
    endpoints: [],
    lacks: {},
    checkMesh: () => [],
    checkApplication: () => [],
    carried: (mesh) => mesh,
    addressOf: ({ localPort }) => `http://127.0.0.1:${localPort}`,
    sidecar,
    ingressProxy,
    taskOf: () => ({ statements: [] }),
    createMesh: () => [],
};

function sidecar(request: SidecarRequest): JsonObject {
    const { mesh, proxy, telemetry, logs, secrets, name, service, application } = request;
    const asked: Pick<EnvoyContainer, "application"> =
        service.protocol === "http"
            ? { application: { port: application.port, path: service.healthPath } }
            : {};
    return envoyContainer({
        image: proxy.image,
        memory: proxy.memory,
        concurrency: proxy.concurrency,
        bootstrap: sidecarBootstrap(sidecarSpec(mesh, name, application.port, { ...proxy, telemetry })),
        drainSeconds: drainSeconds(service.requestTimeoutSeconds),
        secrets,
        ...asked,
        after: [afterApplication(application), ...beforeProxy(telemetry)],
        logs,
    });
}

function afterApplication({ isChecked }: SidecarRequest["application"]): StartedBefore {
    return { container: applicationContainerName, condition: isChecked ? "HEALTHY" : "START" };
}

function ingressProxy(request: IngressProxyRequest): JsonObject {
    const { mesh, proxy, telemetry, logs, secrets, rateLimit, shared, allowedOrigins, memory, concurrency } =
        request;
    const spec = ingressSpec(mesh, { rateLimit, allowedOrigins, memory, telemetry }, shared);
    const longest = Math.max(...spec.upstreams.map(({ requestTimeoutSeconds }) => requestTimeoutSeconds));
    return envoyContainer({
        image: proxy.image,
        memory,
        concurrency,
        bootstrap: ingressBootstrap(spec),
        drainSeconds: drainSeconds(longest),
        secrets,
        after: beforeProxy(telemetry),
        logs,
    });
}
