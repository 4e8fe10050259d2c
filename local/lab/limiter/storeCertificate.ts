import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const dayMs = 86_400_000;

export interface StoreCertificate {
    readonly certificate: string;
    readonly privateKey: string;
}

/** What Amazon's authority signs for a cache, here signed by itself: for one address, for a day. */
export async function storeCertificate(host: string): Promise<StoreCertificate> {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        serialNumber: "01",
        name: "CN=limits",
        notBefore: new Date(Date.now() - dayMs),
        notAfter: new Date(Date.now() + dayMs),
        signingAlgorithm: algorithm,
        keys,
        extensions: [
            new x509.BasicConstraintsExtension(true, undefined, true),
            new x509.SubjectAlternativeNameExtension([{ type: "ip", value: host }]),
        ],
    });
    const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
    return {
        certificate: certificate.toString("pem"),
        privateKey: x509.PemConverter.encode(key, "PRIVATE KEY"),
    };
}
