import { gather, gatherOver, type Finding } from "../finding";
import { versionsOf } from "../facts/callGraph";
import { facingNetwork } from "../facts/envoy/bootstrap";
import { ecsServices, sidecarOf, type Sidecar } from "../facts/sidecar";
import { callsWithMutualTls, staysInTask } from "../requirements/clientTls";
import { entranceOf } from "../requirements/entrance";
import { filtersAreKnown } from "../requirements/knownFilters";
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
        checks: (stack) =>
            ecsServices(stack).map((service) => ({
                subject: service,
                judge: () => judge(sidecarOf(service), versionsOf(stack)),
            })),
    };
}

function judge(sidecar: Sidecar, serviceOf: (deployment: string) => string): readonly Finding[] {
    const { bootstrap } = sidecar;
    const entrance = entranceOf(sidecar);
    return gather(
        () => isStatic(sidecar),
        () => filtersAreKnown(bootstrap),
        () => hasPlainEnvironment(sidecar.container),
        () => publishesProxyOnly(sidecar),
        () => gatherOver(facingNetwork(bootstrap), (listener) => requiresMutualTls(listener, entrance)),
        () =>
            gatherOver(bootstrap.clusters, (cluster) =>
                cluster.isLocal ? staysInTask(cluster) : callsWithMutualTls(cluster, serviceOf),
            ),
    );
}
