import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, webcrypto } from "node:crypto";
import type { KeyObject } from "node:crypto";

/** What is asked for: `algorithm` is RSA, ECDSA or ED25519. */
export interface KeyRequest {
    readonly algorithm: string;
    /** P224, P256, P384 or P521. */
    readonly curve: string;
    readonly rsaBits: number;
}

/** OpenSSL's names of the curves. */
const CURVES: Readonly<Record<string, string>> = {
    P224: "secp224r1",
    P256: "prime256v1",
    P384: "secp384r1",
    P521: "secp521r1",
};

/** WebCrypto's names, and the hash that Go's crypto/x509 signs with for a key of that size; it has no P-224. */
const SIGNATURES: Readonly<Record<string, { namedCurve: string; hash: string }>> = {
    prime256v1: { namedCurve: "P-256", hash: "SHA-256" },
    secp384r1: { namedCurve: "P-384", hash: "SHA-384" },
    secp521r1: { namedCurve: "P-521", hash: "SHA-512" },
};

export const ALGORITHMS = ["RSA", "ECDSA", "ED25519"];
export const CURVE_NAMES = Object.keys(CURVES);

export function generateKey({ algorithm, curve, rsaBits }: KeyRequest): KeyObject {
    switch (algorithm) {
        case "RSA":
            return generateKeyPairSync("rsa", { modulusLength: rsaBits }).privateKey;
        case "ECDSA":
            return generateKeyPairSync("ec", { namedCurve: CURVES[curve] ?? curve }).privateKey;
        default:
            return generateKeyPairSync("ed25519").privateKey;
    }
}

/** PEM as the real provider writes it: PKCS #1 for RSA, SEC 1 for ECDSA, PKCS #8 for Ed25519. */
export function privateKeyPem(key: KeyObject): string {
    const type =
        key.asymmetricKeyType === "rsa" ? "pkcs1" : key.asymmetricKeyType === "ec" ? "sec1" : "pkcs8";
    return key.export({ type, format: "pem" }).toString();
}

export function privateKeyPkcs8(key: KeyObject): string {
    return key.export({ type: "pkcs8", format: "pem" }).toString();
}

export function publicKeyPem(key: KeyObject): string {
    return createPublicKey(key).export({ type: "spki", format: "pem" }).toString();
}

export function algorithmOf(key: KeyObject): string {
    return key.asymmetricKeyType === "rsa" ? "RSA" : key.asymmetricKeyType === "ec" ? "ECDSA" : "ED25519";
}

/** The real provider's ids: SHA-1 over what was made, in hexadecimal. */
export function fingerprintId(text: string): string {
    return createHash("sha1").update(text).digest("hex");
}

/** A key read from PEM text; the text itself never appears in the message. */
export function readKey(pem: string, input: string): KeyObject {
    try {
        return createPrivateKey(pem);
    } catch {
        throw new Error(`input "${input}" is no private key in PEM form.`);
    }
}

export interface SigningPair {
    readonly privateKey: webcrypto.CryptoKey;
    readonly publicKey: webcrypto.CryptoKey;
    readonly algorithm: Algorithm;
}

export interface Algorithm {
    readonly name: string;
    readonly hash?: string;
    readonly namedCurve?: string;
}

/** The key in the form that certificates are signed with. */
export async function signingPair(key: KeyObject): Promise<SigningPair> {
    const algorithm = signatureOf(key);
    const secret = key.export({ type: "pkcs8", format: "der" });
    const open = createPublicKey(key).export({ type: "spki", format: "der" });
    return {
        algorithm,
        privateKey: await webcrypto.subtle.importKey("pkcs8", secret, algorithm, true, ["sign"]),
        publicKey: await webcrypto.subtle.importKey("spki", open, algorithm, true, ["verify"]),
    };
}

function signatureOf(key: KeyObject): Algorithm {
    if (key.asymmetricKeyType === "rsa") {
        return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    }
    if (key.asymmetricKeyType === "ed25519") {
        return { name: "Ed25519" };
    }
    const curve = key.asymmetricKeyDetails?.namedCurve ?? "unknown";
    const signature = SIGNATURES[curve];
    if (signature === undefined) {
        throw new Error(`a key on the curve ${curve} cannot sign here; use P256, P384 or P521.`);
    }
    return { name: "ECDSA", ...signature };
}
