import { ExtendedKeyUsage, KeyUsageFlags } from "@peculiar/x509";

/** `allowedUses` that are bits of the key usage extension; names as the provider's documentation lists them. */
export const KEY_USES: Readonly<Record<string, KeyUsageFlags>> = {
    digital_signature: KeyUsageFlags.digitalSignature,
    content_commitment: KeyUsageFlags.nonRepudiation,
    key_encipherment: KeyUsageFlags.keyEncipherment,
    data_encipherment: KeyUsageFlags.dataEncipherment,
    key_agreement: KeyUsageFlags.keyAgreement,
    cert_signing: KeyUsageFlags.keyCertSign,
    crl_signing: KeyUsageFlags.cRLSign,
    encipher_only: KeyUsageFlags.encipherOnly,
    decipher_only: KeyUsageFlags.decipherOnly,
};

/** `allowedUses` that are purposes in the extended key usage extension, by object identifier. */
export const PURPOSES: Readonly<Record<string, string>> = {
    any_extended: "2.5.29.37.0",
    server_auth: ExtendedKeyUsage.serverAuth,
    client_auth: ExtendedKeyUsage.clientAuth,
    code_signing: ExtendedKeyUsage.codeSigning,
    email_protection: ExtendedKeyUsage.emailProtection,
    ipsec_end_system: "1.3.6.1.5.5.7.3.5",
    ipsec_tunnel: "1.3.6.1.5.5.7.3.6",
    ipsec_user: "1.3.6.1.5.5.7.3.7",
    timestamping: ExtendedKeyUsage.timeStamping,
    ocsp_signing: ExtendedKeyUsage.ocspSigning,
    microsoft_server_gated_crypto: "1.3.6.1.4.1.311.10.3.3",
    netscape_server_gated_crypto: "2.16.840.1.113730.4.1",
};
