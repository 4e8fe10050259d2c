import { bootstrap } from "./bootstrap";
import { localCluster, upstreamClusters } from "./cluster";
import { egressListener } from "./egress";
import { inboundListener } from "./inbound";
import type { JsonObject } from "./json";
import type { SidecarSpec } from "./spec";

/** The bootstrap of a service's sidecar. */
export function sidecarBootstrap(spec: SidecarSpec): JsonObject {
    const { trustDomain, callees } = spec;
    return bootstrap({
        member: spec.member,
        trustDomain,
        memory: spec.memory,
        listeners: [
            inboundListener(spec),
            ...callees.map(({ localPort, upstream }) => egressListener(spec.member, localPort, upstream)),
        ],
        clusters: [
            localCluster(spec.application),
            ...callees.flatMap(({ upstream }) => upstreamClusters(trustDomain, upstream)),
        ],
    });
}
