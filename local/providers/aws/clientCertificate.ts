import "reflect-metadata";
import { createECDH, createHash, createPrivateKey, createPublicKey, webcrypto } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { BasicConstraintsExtension, ExtendedKeyUsage, ExtendedKeyUsageExtension } from "@peculiar/x509";
import { X509CertificateGenerator } from "@peculiar/x509";

const CURVE = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const YEAR_MS = 365 * 24 * 3600 * 1000;

/**
 * The private key behind an emulated API Gateway client certificate, PKCS #8 in PEM. AWS never shows it; the lab needs
 * it to play the gateway. It follows from the certificate's id, so that no file has to carry it from the engine's run
 * to the lab's. Whoever knows the id can compute it: it guards nothing but a laptop's loopback interface.
 */
export function clientCertificateKey(id: string): string {
    return keyOf(id).export({ type: "pkcs8", format: "pem" }).toString();
}

/** Self-signed and for one year, as API Gateway generates it, but with a P-256 key where AWS uses RSA. */
export async function clientCertificate(id: string, notBefore = new Date()): Promise<string> {
    const key = keyOf(id);
    const publicKey = createPublicKey(key).export({ type: "spki", format: "der" });
    const certificate = await X509CertificateGenerator.createSelfSigned(
        {
            name: `CN=ApiGateway, O=Amazon Web Services, OU=${id}`,
            serialNumber: createHash("sha256").update(id).digest("hex").slice(0, 16),
            notBefore,
            notAfter: new Date(notBefore.getTime() + YEAR_MS),
            signingAlgorithm: CURVE,
            keys: {
                privateKey: await importKey("pkcs8", key.export({ type: "pkcs8", format: "der" }), "sign"),
                publicKey: await importKey("spki", publicKey, "verify"),
            },
            extensions: [
                new BasicConstraintsExtension(false),
                new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
            ],
        },
        webcrypto,
    );
    return `${certificate.toString("pem")}\n`;
}

function importKey(
    format: "pkcs8" | "spki",
    der: Buffer,
    usage: "sign" | "verify",
): Promise<webcrypto.CryptoKey> {
    return webcrypto.subtle.importKey(format, der, CURVE, true, [usage]);
}

/** Any 256 bits below the curve's order are a private key; a hash is, but for one chance in 2^32. */
function keyOf(id: string): KeyObject {
    const scalar = createHash("sha256").update(`emulated client certificate ${id}`).digest();
    const pair = createECDH("prime256v1");
    pair.setPrivateKey(scalar);
    const point = pair.getPublicKey();
    const jwk = {
        kty: "EC",
        crv: "P-256",
        d: scalar.toString("base64url"),
        x: point.subarray(1, 33).toString("base64url"),
        y: point.subarray(33).toString("base64url"),
    };
    return createPrivateKey({ key: jwk, format: "jwk" });
}
