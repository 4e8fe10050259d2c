import { isMap, isPair, isScalar, parseDocument, Scalar, visit } from "yaml";

/** What the engine writes into a stack's settings about encryption; a user's own may need a cloud account. */
const ENCRYPTION = ["encryptionsalt", "encryptedkey", "secretsprovider"];

/** Stands in for a setting that only the user's own secrets provider could decrypt. */
export const PLACEHOLDER = "local-mode-placeholder";

/**
 * A stack's settings for local mode: the same configuration under the local passphrase. A `secure` value cannot be read
 * here, it becomes an encrypted placeholder; environments of Pulumi Cloud (`environment`) cannot be opened and are left out.
 */
export function deriveSettings(
    source: string,
    encryptionSalt: string,
    encrypt: (text: string) => string,
): string {
    const document = parseDocument(source);
    if (!isMap(document.contents)) {
        return `encryptionsalt: ${encryptionSalt}\n`;
    }
    for (const name of [...ENCRYPTION, "environment"]) {
        document.delete(name);
    }
    visit(document, {
        Map: (_, map) => {
            const [only, ...others] = map.items;
            if (others.length === 0 && isPair(only) && isScalar(only.key) && only.key.value === "secure") {
                only.value = new Scalar(encrypt(PLACEHOLDER));
            }
        },
    });
    document.set("encryptionsalt", encryptionSalt);
    return document.toString({ lineWidth: 0 });
}
