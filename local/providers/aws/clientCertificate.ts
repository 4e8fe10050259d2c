import "reflect-metadata";
import { createHash, webcrypto } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension } from "@peculiar/x509";
import { X509CertificateGenerator } from "@peculiar/x509";
import { derivedKey, signingKeys } from "./derivedKey";

const CURVE = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const YEAR_MS = 365 * 24 * 3600 * 1000;

/**
 * The private key behind an emulated API Gateway client certificate, PKCS #8 in PEM. AWS never shows it; the lab needs
 * it to play the gateway. It follows from the certificate's id.
 */
export function clientCertificateKey(id: string): string {
    return keyOf(id).export({ type: "pkcs8", format: "pem" }).toString();
}

/** Self-signed and for one year, as API Gateway generates it, but with a P-256 key where AWS uses RSA. */
export async function clientCertificate(id: string, notBefore = new Date()): Promise<string> {
    const certificate = await X509CertificateGenerator.createSelfSigned(
        {
            name: `CN=ApiGateway, O=Amazon Web Services, OU=${id}`,
            serialNumber: createHash("sha256").update(id).digest("hex").slice(0, 16),
            notBefore,
            notAfter: new Date(notBefore.getTime() + YEAR_MS),
            signingAlgorithm: CURVE,
            keys: await signingKeys(keyOf(id)),
            extensions: [
                new BasicConstraintsExtension(false),
                new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
            ],
        },
        webcrypto,
    );
    return `${certificate.toString("pem")}\n`;
}

function keyOf(id: string): KeyObject {
    return derivedKey(`emulated client certificate ${id}`);
}
