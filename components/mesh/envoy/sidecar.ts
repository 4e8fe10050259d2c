import { bootstrap } from "./bootstrap";
import { localCluster, upstreamClusters } from "./cluster";
import { egressListener } from "./egress";
import { inboundListener } from "./inbound";
import type { JsonObject } from "../json";
import type { SidecarSpec } from "./spec";
import { tracing } from "./telemetry";

/** The bootstrap of a service's sidecar. */
export function sidecarBootstrap(spec: SidecarSpec): JsonObject {
    const { trustDomain, callees, telemetry } = spec;
    const traced = tracing(spec.member, telemetry);
    return bootstrap({
        member: spec.member,
        trustDomain,
        memory: spec.memory,
        telemetry,
        listeners: [
            inboundListener(spec, traced),
            ...callees.map(({ localPort, upstream }) =>
                egressListener(spec.member, localPort, upstream, traced),
            ),
        ],
        clusters: [
            localCluster(spec.application),
            ...callees.flatMap(({ upstream }) => upstreamClusters(trustDomain, upstream)),
        ],
    });
}
