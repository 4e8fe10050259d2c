import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";

/**
 * The engine's passphrase encryption, so that settings files for local mode can be written without changing the
 * project's own: AES-256-GCM with a key derived by PBKDF2 (SHA-256, 1,000,000 rounds), a value being
 * `v1:<nonce>:<ciphertext and tag>` in base64. Source: pulumi/pulumi, pkg/secrets/passphrase/manager.go and
 * sdk/go/common/resource/config/crypt.go, v3.259.0.
 */
const ROUNDS = 1_000_000;
const KEY_BYTES = 32;
const SALT_BYTES = 8;
const NONCE_BYTES = 12;

/** The engine decrypts this word to check a passphrase. */
const CHECK_WORD = "pulumi";

/** A new `encryptionsalt` for `passphrase`. */
export function newEncryptionSalt(passphrase: string): string {
    const salt = randomBytes(SALT_BYTES);
    return `v1:${salt.toString("base64")}:${seal(key(passphrase, salt), CHECK_WORD)}`;
}

/** Returns a function that encrypts settings under `encryptionSalt`, as a `secure:` value holds them. */
export function encrypter(passphrase: string, encryptionSalt: string): (text: string) => string {
    const salt = Buffer.from(encryptionSalt.split(":")[1] ?? "", "base64");
    const derived = key(passphrase, salt);
    return (text) => seal(derived, text);
}

function key(passphrase: string, salt: Buffer): Buffer {
    return pbkdf2Sync(passphrase, salt, ROUNDS, KEY_BYTES, "sha256");
}

function seal(secretKey: Buffer, text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", secretKey, nonce);
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
}
