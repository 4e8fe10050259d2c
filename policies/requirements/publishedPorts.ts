import { gatherOver, type Finding } from "../finding";
import { facingNetwork } from "../facts/envoy/bootstrap";
import type { Phase } from "../facts/phase";
import { loadBalancersOf, sidecarContainer, type Sidecar } from "../facts/sidecar";

/** A load balancer reaches the proxy and never the application beside it, as soon as API Gateway comes through the ingress. */
export function publishesProxyOnly(
    { service, bootstrap, isIngress }: Sidecar,
    { plainEntrance }: Phase,
): readonly Finding[] {
    if (plainEntrance && !isIngress) {
        return [];
    }
    const ports = facingNetwork(bootstrap).flatMap((listener) => listener.ports);
    return gatherOver(loadBalancersOf(service), (attachment) => {
        const [container, port] = [attachment.get("containerName"), attachment.get("containerPort")];
        return [
            ...container.require(container.text === sidecarContainer, `"${sidecarContainer}"`),
            ...port.require(
                port.number !== undefined && ports.includes(port.number),
                "a port on which the proxy asks for mutual TLS",
            ),
        ];
    });
}
