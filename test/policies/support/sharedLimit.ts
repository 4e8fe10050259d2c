import { applicationContainer } from "../../../components/mesh/containers";
import { ingressSpec, sidecarSpec } from "../../../components/mesh/envoy/fromMesh";
import { ingressBootstrap } from "../../../components/mesh/envoy/ingress";
import type { JsonObject } from "../../../components/mesh/json";
import { sidecarBootstrap } from "../../../components/mesh/envoy/sidecar";
import type { SharedLimit } from "../../../components/mesh/envoy/spec";
import {
    limiterEnvironment,
    limiterPort,
    limiterScript,
} from "../../../components/mesh/limiter/limiterConfig";
import { resolveMesh } from "../../../components/model/resolveMesh";
import { ecsService, ingressService, ingressTasks, sidecar } from "./shop";
import type { TestResource } from "./stack";

const { mesh } = resolveMesh({
    trustDomain: "shop.internal",
    services: { "order-service": { localPort: 21001 } },
    ingress: [{ api: "orders", service: "order-service" }],
    userLimiter: true,
});
const size = { memory: 160, telemetry: { tracedPercent: 5 } };

/** The bootstrap of an ingress that shares its limit. */
export function sharingIngress(shared: SharedLimit): JsonObject {
    const rateLimit = { requestsPerMinute: 1000, burst: 100, tasks: ingressTasks, users: 100_000 };
    return ingressBootstrap(ingressSpec(mesh, { ...size, rateLimit, allowedOrigins: [] }, shared));
}

/** The limiter's own container, as the component makes it. */
export function limiterContainer(): JsonObject {
    return applicationContainer({
        image: "shop/ratelimit:3fb70258",
        port: limiterPort,
        user: "65532:65532",
        script: limiterScript,
        environment: limiterEnvironment(1000),
        secrets: { REDIS_URL: "/m/store-address", REDIS_AUTH: "/m/store-credentials" },
        stopTimeoutSeconds: 30,
        logs: { group: "/shop/mesh/member", region: "eu-central-1" },
    });
}

/** An ingress and its limiter, at the first preview. */
export function sharing(bootstrap: JsonObject, container: JsonObject): TestResource[] {
    const limiter = sidecar(sidecarBootstrap(sidecarSpec(mesh, "user-limiter", limiterPort, size)));
    return [...ingressService(bootstrap), ...ecsService("user-limiter", [container, limiter])];
}
