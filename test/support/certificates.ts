import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { webcrypto } from "node:crypto";
import { tlsVariables } from "../../components/mesh/envoy/tls";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const day = 86_400_000;

export interface PemPair {
    readonly certificate: string;
    readonly privateKey: string;
}

/** A self-signed certificate that lives from yesterday to tomorrow. */
export async function selfSigned(name: string): Promise<PemPair> {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        serialNumber: "01",
        name: `CN=${name}`,
        notBefore: new Date(Date.now() - day),
        notAfter: new Date(Date.now() + day),
        signingAlgorithm: algorithm,
        keys,
    });
    const der = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
    return {
        certificate: certificate.toString("pem"),
        privateKey: x509.PemConverter.encode(der, "PRIVATE KEY"),
    };
}

/** TLS material of the right form, for having a bootstrap read. */
export async function anyTlsEnvironment(): Promise<Record<string, string>> {
    const { certificate, privateKey } = await selfSigned("any");
    return {
        [tlsVariables.certificate]: certificate,
        [tlsVariables.privateKey]: privateKey,
        [tlsVariables.trust]: certificate,
        [tlsVariables.gatewayCertificate]: certificate,
        [tlsVariables.gatewayPrivateKey]: privateKey,
        [tlsVariables.gatewayTrust]: certificate,
    };
}
