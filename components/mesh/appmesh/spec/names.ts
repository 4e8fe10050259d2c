/**
 * An application's port, which App Mesh's interception hands to the proxy: the port that members reach, and the only one that may
 * be open. The virtual gateway takes API Gateway's requests on the same.
 */
export const applicationPort = 8080;

/** `payment-service.shop.internal`: what callers ask for, and what Cloud Map answers for. */
export function virtualServiceName(service: string, trustDomain: string): string {
    return `${service}.${trustDomain}`;
}

/** How a proxy says which virtual node or gateway it is: without account and region, so that the text is known at preview. */
export function proxyResource(mesh: string, kind: "virtualNode" | "virtualGateway", name: string): string {
    return `mesh/${mesh}/${kind}/${name}`;
}
