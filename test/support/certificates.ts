import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { webcrypto } from "node:crypto";
import { tlsVariables } from "../../components/mesh/envoy/tls";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const dayMs = 86_400_000;

export interface PemPair {
    readonly certificate: string;
    readonly privateKey: string;
}

type KeyPair = Awaited<ReturnType<typeof generateKeys>>;

async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
    return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
    return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}

/** A certificate authority for one test, independent of the code under test. */
export class TestAuthority {
    #serial = 1;

    private constructor(
        readonly certificate: x509.X509Certificate,
        readonly keys: KeyPair,
    ) {}

    static async create(name: string): Promise<TestAuthority> {
        const keys = await generateKeys();
        const certificate = await x509.X509CertificateGenerator.createSelfSigned({
            serialNumber: "01",
            name: `CN=${name}`,
            notBefore: new Date(Date.now() - dayMs),
            notAfter: new Date(Date.now() + dayMs),
            signingAlgorithm: algorithm,
            keys,
            extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
        });
        return new TestAuthority(certificate, keys);
    }

    /** An authority that exists: its certificate, and its P-256 key (PKCS #8), both in PEM. */
    static async of(certificate: string, privateKey: string): Promise<TestAuthority> {
        const authority = new x509.X509Certificate(certificate);
        const der = x509.PemConverter.decodeFirst(privateKey);
        return new TestAuthority(authority, {
            privateKey: await webcrypto.subtle.importKey("pkcs8", der, algorithm, true, ["sign"]),
            publicKey: await webcrypto.subtle.importKey(
                "spki",
                authority.publicKey.rawData,
                algorithm,
                true,
                ["verify"],
            ),
        });
    }

    get pem(): string {
        return this.certificate.toString("pem");
    }

    /** A certificate with one URI that lives from yesterday to tomorrow, or ended an hour ago. */
    async issue(uri: string, expired = false): Promise<PemPair> {
        const keys = await generateKeys();
        this.#serial += 1;
        const certificate = await x509.X509CertificateGenerator.create({
            serialNumber: this.#serial.toString(16).padStart(2, "0"),
            subject: "CN=member",
            issuer: this.certificate.subject,
            notBefore: new Date(Date.now() - dayMs),
            notAfter: new Date(Date.now() + (expired ? -dayMs / 24 : dayMs)),
            signingAlgorithm: algorithm,
            publicKey: keys.publicKey,
            signingKey: this.keys.privateKey,
            extensions: [new x509.SubjectAlternativeNameExtension([{ type: "url", value: uri }])],
        });
        return { certificate: certificate.toString("pem"), privateKey: await pemOf(keys.privateKey) };
    }

    /** What a member's task finds in its environment. */
    async environment(uri: string): Promise<Record<string, string>> {
        const { certificate, privateKey } = await this.issue(uri);
        return {
            [tlsVariables.certificate]: certificate,
            [tlsVariables.privateKey]: privateKey,
            [tlsVariables.trust]: this.pem,
            [tlsVariables.gatewayCertificate]: certificate,
            [tlsVariables.gatewayPrivateKey]: privateKey,
            [tlsVariables.gatewayTrust]: this.pem,
        };
    }
}

/** TLS material of the right form, for having a bootstrap read. */
export async function anyTlsEnvironment(): Promise<Record<string, string>> {
    return (await TestAuthority.create("any")).environment("spiffe://shop.internal/any");
}
