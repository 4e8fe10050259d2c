import { gather, gatherOver, type Finding } from "../finding";
import { versionsOf } from "../facts/callGraph";
import { facingNetwork } from "../facts/envoy/bootstrap";
import { phaseOf, type Phase } from "../facts/phase";
import { sidecarOf, type Sidecar } from "../facts/sidecar";
import { callsWithMutualTls, staysInTask } from "../requirements/clientTls";
import { entranceOf } from "../requirements/entrance";
import { filtersAreKnown } from "../requirements/knownFilters";
import { eachProxy } from "../requirements/proxies";
import { hasPlainEnvironment } from "../requirements/proxyContainer";
import { publishesProxyOnly } from "../requirements/publishedPorts";
import { requiresMutualTls } from "../requirements/serverTls";
import { isStatic } from "../requirements/staticProxy";
import type { Rule } from "../rule";

/** ADR-003: everything between services is mutual TLS, with an identity on both sides. */
export function meshMtls(): Rule {
    return {
        id: "mesh-mtls",
        title: "Mutual TLS between services",
        description:
            "Every ECS service speaks mutual TLS through an Envoy sidecar: to its callers and to its callees.",
        clause: "mTLS for all service communication",
        severity: "critical",
        controls: [],
        remediation:
            "deploy the service with MeshedService (or MeshIngress) and leave the listeners and clusters of its Envoy bootstrap as generated.",
        settings: {},
        waiting: {
            1: "tasks have no proxies yet, and services call each other in plain text",
            2: "API Gateway reaches applications around their proxies, through the internal load balancer; calls between services are held to it, unless plainCalls is on",
        },
        checks: (stack) =>
            eachProxy(stack, (service) => judge(sidecarOf(service), versionsOf(stack), phaseOf(stack))),
    };
}

function judge(
    sidecar: Sidecar,
    serviceOf: (deployment: string) => string,
    phase: Phase,
): readonly Finding[] {
    const { bootstrap } = sidecar;
    const entrance = entranceOf(sidecar);
    return gather(
        () => isStatic(sidecar),
        () => filtersAreKnown(bootstrap),
        () => hasPlainEnvironment(sidecar),
        () => publishesProxyOnly(sidecar, phase),
        () => gatherOver(facingNetwork(bootstrap), (listener) => requiresMutualTls(listener, entrance)),
        () =>
            gatherOver(bootstrap.clusters, (cluster) =>
                cluster.isLocal ? staysInTask(cluster) : callsWithMutualTls(cluster, serviceOf),
            ),
    );
}
