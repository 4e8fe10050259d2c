import { spiffeId } from "../../model/mesh";
import type { JsonObject } from "../json";
import { typed } from "./message";

/** Environment variables in which a task finds its TLS material; ECS fills them from SSM parameters. */
export const tlsVariables = {
    certificate: "MESH_CERTIFICATE",
    privateKey: "MESH_PRIVATE_KEY",
    trust: "MESH_TRUST",
    gatewayCertificate: "GATEWAY_CERTIFICATE",
    gatewayPrivateKey: "GATEWAY_PRIVATE_KEY",
    gatewayTrust: "GATEWAY_TRUST",
} as const;

const tlsContext = "envoy.extensions.transport_sockets.tls.v3";
const fromVariable = (name: string): JsonObject => ({ environment_variable: name });

const certificateFrom = (certificate: string, privateKey: string): JsonObject => ({
    certificate_chain: fromVariable(certificate),
    private_key: fromVariable(privateKey),
});
const ownCertificate = certificateFrom(tlsVariables.certificate, tlsVariables.privateKey);

/** Both bounds: an upstream context's maximum defaults to 1.2, so that a minimum of 1.3 alone fails each handshake. */
const tls13: JsonObject = {
    tls_minimum_protocol_version: "TLSv1_3",
    tls_maximum_protocol_version: "TLSv1_3",
};

/** API Gateway's side of a private integration is only documented to speak 1.2; 1.3 is taken where it is offered. */
const tls12to13: JsonObject = {
    tls_minimum_protocol_version: "TLSv1_2",
    tls_maximum_protocol_version: "TLSv1_3",
    cipher_suites: [
        "ECDHE-ECDSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-CHACHA20-POLY1305",
    ],
};

const p256: JsonObject = { ecdh_curves: ["X25519", "P-256"] };

/** What the port towards the mesh asks of a caller: a certificate of this mesh's CA with an identity of its trust domain. */
export function meshServerTls(trustDomain: string): JsonObject {
    return downstream({
        tls_params: { ...tls13, ...p256 },
        tls_certificates: [ownCertificate],
        validation_context: {
            trusted_ca: fromVariable(tlsVariables.trust),
            match_typed_subject_alt_names: [
                { san_type: "URI", matcher: { prefix: spiffeId(trustDomain, "") } },
            ],
        },
        alpn_protocols: ["h2", "http/1.1"],
    });
}

/**
 * What the ingress asks of API Gateway: exactly its client certificate, which is its own trust anchor. The certificate that
 * the ingress shows is a separate one, so that API Gateway can be given one that it verifies.
 */
export function gatewayServerTls(): JsonObject {
    return downstream({
        tls_params: { ...tls12to13, ...p256 },
        tls_certificates: [certificateFrom(tlsVariables.gatewayCertificate, tlsVariables.gatewayPrivateKey)],
        validation_context: { trusted_ca: fromVariable(tlsVariables.gatewayTrust) },
        alpn_protocols: ["http/1.1"],
    });
}

/** A caller's side: shows its own certificate, accepts the callee's identity and no other. */
export function meshClientTls(
    trustDomain: string,
    callee: { readonly host: string; readonly service: string },
    alpn: "h2" | "http/1.1",
): JsonObject {
    return {
        name: "envoy.transport_sockets.tls",
        typed_config: typed(`${tlsContext}.UpstreamTlsContext`, {
            sni: callee.host,
            common_tls_context: {
                tls_params: { ...tls13, ...p256 },
                tls_certificates: [ownCertificate],
                validation_context: {
                    trusted_ca: fromVariable(tlsVariables.trust),
                    match_typed_subject_alt_names: [
                        { san_type: "URI", matcher: { exact: spiffeId(trustDomain, callee.service) } },
                    ],
                },
                alpn_protocols: [alpn],
            },
        }),
    };
}

function downstream(common: JsonObject): JsonObject {
    return {
        name: "envoy.transport_sockets.tls",
        typed_config: typed(`${tlsContext}.DownstreamTlsContext`, {
            require_client_certificate: true,
            disable_stateless_session_resumption: true,
            disable_stateful_session_resumption: true,
            common_tls_context: common,
        }),
    };
}
