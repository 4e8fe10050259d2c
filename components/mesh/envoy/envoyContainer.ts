import { meshPort } from "../../model/ports";
import type { JsonObject } from "../json";
import { proxyContainer, type ProxyContainer } from "../proxyContainer";
import { bootstrapVariable, entrypoint } from "./entrypoint";
import { bootstrapText } from "./text";

export interface EnvoyContainer extends ProxyContainer {
    readonly bootstrap: JsonObject;
}

/** The user `envoy` of the standard image. */
const envoyUser = "101";

export function envoyContainer(spec: EnvoyContainer): JsonObject {
    return proxyContainer(spec, {
        user: envoyUser,
        ports: [meshPort],
        script: entrypoint(spec.drainSeconds, spec.concurrency),
        environment: { [bootstrapVariable]: bootstrapText(spec.bootstrap) },
    });
}
