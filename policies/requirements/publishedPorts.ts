import { gatherOver, type Finding } from "../finding";
import { facingNetwork } from "../facts/envoy/bootstrap";
import { loadBalancersOf, sidecarContainer, type Sidecar } from "../facts/sidecar";

/** A load balancer reaches the proxy and never the application beside it. */
export function publishesProxyOnly({ service, bootstrap }: Sidecar): readonly Finding[] {
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
