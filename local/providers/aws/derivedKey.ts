import { createECDH, createHash, createPrivateKey, createPublicKey, webcrypto } from "node:crypto";
import type { KeyObject } from "node:crypto";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };

/**
 * A P-256 key that follows from a text, so that no file has to carry it from one run to the next. Whoever knows the text can
 * compute it: it guards nothing but a laptop's loopback interface. Any 256 bits below the curve's order are a private key; a
 * hash is, but for one chance in 2^32.
 */
export function derivedKey(text: string): KeyObject {
    const scalar = createHash("sha256").update(text).digest();
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

/** The key as WebCrypto's signer takes it. */
export async function signingKeys(key: KeyObject): Promise<webcrypto.CryptoKeyPair> {
    const publicKey = createPublicKey(key).export({ type: "spki", format: "der" });
    return {
        privateKey: await webcrypto.subtle.importKey(
            "pkcs8",
            key.export({ type: "pkcs8", format: "der" }),
            CURVE,
            true,
            ["sign"],
        ),
        publicKey: await webcrypto.subtle.importKey("spki", publicKey, CURVE, true, ["verify"]),
    };
}
