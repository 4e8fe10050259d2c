import { fields, type Shape } from "./shape";

const validation: Shape = fields(`
    trusted_ca match_typed_subject_alt_names match_subject_alt_names trust_chain_verification allow_expired_certificate
    ca_certificate_provider_instance system_root_certs custom_validator_config
    verify_certificate_spki verify_certificate_hash crl only_verify_leaf_cert_crl max_verify_depth
    suppress_client_ca_list
`);

/** Without `key_log`, which writes the keys of connections to a file, and whatever replaces certificates or the handshake. */
const common: Shape = {
    ...fields("tls_certificates alpn_protocols"),
    tls_params: fields(`
        tls_minimum_protocol_version tls_maximum_protocol_version cipher_suites ecdh_curves signature_algorithms
        compliance_policies
    `),
    validation_context: validation,
};

export const upstreamTls: Shape = {
    ...fields("sni max_session_keys enforce_rsa_key_usage"),
    common_tls_context: common,
};

export const downstreamTls: Shape = {
    ...fields(`
        require_client_certificate require_sni session_timeout disable_stateless_session_resumption
        disable_stateful_session_resumption ocsp_staple_policy full_scan_certs_on_sni_mismatch prefer_client_ciphers
    `),
    common_tls_context: common,
};
