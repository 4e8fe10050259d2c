import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { expect } from "chai";
import { UNKNOWN, isSecret, secret } from "../../../../local/providers/rpc/values";
import type { Props } from "../../../../local/providers/rpc/values";
import type { TlsProvider } from "../../../../local/providers/tls/provider";
import { changeTo, created, forgetScratch, newTls, subjectOf, textOf } from "../support/providers";

const SUBJECT = subjectOf("tls:index/privateKey:PrivateKey");

describe("a private key of the tls stand-in", () => {
    let provider: TlsProvider;
    before(async () => {
        provider = await newTls();
    });
    after(forgetScratch);

    const KINDS: readonly (readonly [inputs: Props, type: string, details: object, header: string])[] = [
        [{ algorithm: "ECDSA", ecdsaCurve: "P256" }, "ec", { namedCurve: "prime256v1" }, "EC PRIVATE KEY"],
        [{ algorithm: "ECDSA", ecdsaCurve: "P384" }, "ec", { namedCurve: "secp384r1" }, "EC PRIVATE KEY"],
        [{ algorithm: "ECDSA" }, "ec", { namedCurve: "secp224r1" }, "EC PRIVATE KEY"],
        [{ algorithm: "RSA" }, "rsa", { modulusLength: 2048, publicExponent: 65537n }, "RSA PRIVATE KEY"],
        [{ algorithm: "ED25519" }, "ed25519", {}, "PRIVATE KEY"],
    ];
    for (const [inputs, type, details, header] of KINDS) {
        it(`is real, in the real provider's forms: ${JSON.stringify(inputs)}`, async () => {
            const { id, outputs } = await created(provider, SUBJECT, inputs);
            const pem = textOf(outputs, "privateKeyPem");
            const key = createPrivateKey(pem);
            expect([key.asymmetricKeyType, key.asymmetricKeyDetails]).to.deep.equal([type, details]);
            expect(pem.split("\n")[0]).to.equal(`-----BEGIN ${header}-----`);
            expect(createPrivateKey(textOf(outputs, "privateKeyPemPkcs8")).equals(key)).to.equal(true);
            expect(createPublicKey(textOf(outputs, "publicKeyPem")).equals(createPublicKey(key))).to.equal(
                true,
            );
            expect(id).to.equal(createHash("sha1").update(textOf(outputs, "publicKeyPem")).digest("hex"));
        });
    }

    it("is secret, its public half is not", async () => {
        const { outputs } = await created(provider, SUBJECT, { algorithm: "ED25519" });
        const secrets = Object.keys(outputs).filter((name) => isSecret(outputs[name] ?? null));
        expect(secrets).to.deep.equal(["privateKeyPem", "privateKeyPemPkcs8"]);
    });

    it("is unknown at preview", async () => {
        const { outputs } = await provider.create(SUBJECT, { algorithm: "ED25519" }, true);
        expect(outputs).to.deep.equal({
            algorithm: "ED25519",
            ecdsaCurve: UNKNOWN,
            rsaBits: UNKNOWN,
            privateKeyPem: secret(UNKNOWN),
            privateKeyPemPkcs8: secret(UNKNOWN),
            publicKeyPem: UNKNOWN,
        });
    });

    it("is replaced when its algorithm changes, and not otherwise", async () => {
        const existing = await created(provider, SUBJECT, { algorithm: "ED25519" });
        const same = await changeTo(provider, SUBJECT, existing, { algorithm: "ED25519" });
        expect(provider.diff(SUBJECT, same).changed).to.deep.equal([]);
        const other = await changeTo(provider, SUBJECT, existing, { algorithm: "RSA" });
        expect(provider.diff(SUBJECT, other).replacing).to.deep.equal(["algorithm"]);
    });

    it("has no algorithm that the provider does not know", async () => {
        const checked = await provider.check(SUBJECT, undefined, { algorithm: "DSA" });
        expect(checked.failures).to.deep.equal([
            { property: "algorithm", reason: '"algorithm" is "DSA"; use one of RSA, ECDSA, ED25519' },
        ]);
    });
});
