import type { Step } from "./edit";

/** Places in the bootstraps of `shop.ts` that tests change. */
export const inboundSocket: readonly Step[] = [
    "static_resources",
    "listeners",
    "inbound",
    "filter_chains",
    0,
    "transport_socket",
];
export const inboundTls: readonly Step[] = [...inboundSocket, "typed_config"];
export const egressListener: readonly Step[] = ["static_resources", "listeners", "egress-payment-service"];
export const callee: readonly Step[] = ["static_resources", "clusters", "payment-service"];
export const calleeTls: readonly Step[] = [...callee, "transport_socket", "typed_config"];
export const application: readonly Step[] = ["static_resources", "clusters", "application"];

/** The address of a cluster's only host. */
export const hostAddress: readonly Step[] = [
    "load_assignment",
    "endpoints",
    0,
    "lb_endpoints",
    0,
    "endpoint",
    "address",
    "socket_address",
    "address",
];

/** Within a TLS context. */
export const peer: readonly Step[] = ["common_tls_context", "validation_context"];
export const peerNames: readonly Step[] = [...peer, "match_typed_subject_alt_names"];
export const versions: readonly Step[] = ["common_tls_context", "tls_params"];
export const certificates: readonly Step[] = ["common_tls_context", "tls_certificates"];

/** The ingress: its TLS context, its connection manager and its limit. */
const ingressChain: readonly Step[] = ["static_resources", "listeners", "ingress", "filter_chains", 0];
export const ingressTls: readonly Step[] = [...ingressChain, "transport_socket", "typed_config"];
export const ingressManager: readonly Step[] = [...ingressChain, "filters", 0, "typed_config"];
export const ingressFilter: readonly Step[] = [
    ...ingressManager,
    "http_filters",
    "envoy.filters.http.local_ratelimit",
];
export const userLimit: readonly Step[] = [...ingressFilter, "typed_config"];
