import "reflect-metadata";
import type { KeyObject } from "node:crypto";
import {
    AuthorityKeyIdentifierExtension,
    BasicConstraintsExtension,
    ExtendedKeyUsageExtension,
    KeyUsagesExtension,
    Pkcs10CertificateRequest,
    Pkcs10CertificateRequestGenerator,
    SubjectAlternativeNameExtension,
    SubjectKeyIdentifierExtension,
    X509Certificate,
    X509CertificateGenerator,
} from "@peculiar/x509";
import type { Extension, JsonGeneralName, JsonName, KeyUsageFlags, Name, PublicKey } from "@peculiar/x509";
import type { webcrypto } from "node:crypto";
import { signingPair } from "./keys";
import { KEY_USES, PURPOSES } from "./uses";

const HOUR_MS = 3600 * 1000;

export interface Names {
    readonly dns: readonly string[];
    readonly ip: readonly string[];
    readonly uri: readonly string[];
}

/** What the arguments of a certificate say beside whose it is. */
export interface CertificateTerms {
    readonly uses: readonly string[];
    readonly isCa: boolean;
    readonly maxPathLength?: number;
    readonly subjectKeyId: boolean;
    readonly authorityKeyId: boolean;
    readonly hours: number;
    readonly notBefore: Date;
}

export interface Certificate {
    readonly pem: string;
    /** Decimal, as the real provider's ids are. */
    readonly serial: string;
    readonly notBefore: Date;
    readonly notAfter: Date;
}

interface Issue {
    readonly subject: Name | JsonName;
    readonly issuer: Name | JsonName;
    readonly publicKey: PublicKey | webcrypto.CryptoKey;
    readonly signer: KeyObject;
    readonly names: Extension | undefined;
    readonly authority: Extension | undefined;
}

export async function certificateRequest(key: KeyObject, subject: JsonName, names: Names): Promise<string> {
    const pair = await signingPair(key);
    const request = await Pkcs10CertificateRequestGenerator.create({
        name: subject,
        keys: { privateKey: pair.privateKey, publicKey: pair.publicKey },
        signingAlgorithm: pair.algorithm,
        extensions: present(alternativeNames(names)),
    });
    return pem(request);
}

export async function selfSigned(
    key: KeyObject,
    subject: JsonName,
    names: Names,
    terms: CertificateTerms,
): Promise<Certificate> {
    const { publicKey } = await signingPair(key);
    const authority = terms.authorityKeyId
        ? await AuthorityKeyIdentifierExtension.create(publicKey)
        : undefined;
    const own = {
        subject,
        issuer: subject,
        publicKey,
        signer: key,
        names: alternativeNames(names),
        authority,
    };
    return issue(own, terms);
}

/** Signs a request: its subject, key and alternative names are taken over, all else comes from the terms. */
export async function locallySigned(
    requestPem: string,
    caPem: string,
    caKey: KeyObject,
    terms: CertificateTerms,
): Promise<Certificate> {
    const request = parsed(
        () => new Pkcs10CertificateRequest(requestPem),
        "certRequestPem",
        "certificate request",
    );
    const ca = parsed(() => new X509Certificate(caPem), "caCertPem", "certificate");
    if (!(await request.verify())) {
        throw new Error('the signature of input "certRequestPem" does not fit its key.');
    }
    const authorityKey = ca.getExtension(SubjectKeyIdentifierExtension)?.keyId;
    const signed: Issue = {
        subject: request.subjectName,
        issuer: ca.subjectName,
        publicKey: request.publicKey,
        signer: caKey,
        names: request.extensions.find((extension) => extension instanceof SubjectAlternativeNameExtension),
        authority: authorityKey === undefined ? undefined : new AuthorityKeyIdentifierExtension(authorityKey),
    };
    return issue(signed, terms);
}

async function issue(what: Issue, terms: CertificateTerms): Promise<Certificate> {
    const pair = await signingPair(what.signer);
    // Certificates count whole seconds.
    const notBefore = new Date(Math.floor(terms.notBefore.getTime() / 1000) * 1000);
    const notAfter = new Date(notBefore.getTime() + terms.hours * HOUR_MS);
    // Go's crypto/x509 gives every CA certificate a key identifier, asked for or not.
    const identified = terms.subjectKeyId || terms.isCa;
    const certificate = await X509CertificateGenerator.create({
        subject: what.subject,
        issuer: what.issuer,
        publicKey: what.publicKey,
        signingKey: pair.privateKey,
        signingAlgorithm: pair.algorithm,
        notBefore,
        notAfter,
        extensions: present(
            keyUsage(terms.uses),
            extendedKeyUsage(terms.uses),
            new BasicConstraintsExtension(terms.isCa, terms.isCa ? terms.maxPathLength : undefined, true),
            identified ? await SubjectKeyIdentifierExtension.create(what.publicKey) : undefined,
            what.authority,
            what.names,
        ),
    });
    return {
        pem: pem(certificate),
        serial: BigInt(`0x${certificate.serialNumber}`).toString(),
        notBefore,
        notAfter,
    };
}

function keyUsage(uses: readonly string[]): Extension | undefined {
    const flags = uses.reduce<KeyUsageFlags | 0>((sum, use) => sum | (KEY_USES[use] ?? 0), 0);
    return flags === 0 ? undefined : new KeyUsagesExtension(flags, true);
}

function extendedKeyUsage(uses: readonly string[]): Extension | undefined {
    const purposes = uses.flatMap((use) => PURPOSES[use] ?? []);
    return purposes.length === 0 ? undefined : new ExtendedKeyUsageExtension(purposes);
}

function alternativeNames({ dns, ip, uri }: Names): Extension | undefined {
    const names: JsonGeneralName[] = [
        ...dns.map((value) => ({ type: "dns" as const, value })),
        ...ip.map((value) => ({ type: "ip" as const, value })),
        ...uri.map((value) => ({ type: "url" as const, value })),
    ];
    return names.length === 0 ? undefined : new SubjectAlternativeNameExtension(names);
}

function present(...extensions: readonly (Extension | undefined)[]): Extension[] {
    return extensions.filter((extension) => extension !== undefined);
}

function pem(data: { toString: (format: "pem") => string }): string {
    return `${data.toString("pem")}\n`;
}

function parsed<T>(parse: () => T, input: string, what: string): T {
    try {
        return parse();
    } catch {
        throw new Error(`input "${input}" is no ${what} in PEM form.`);
    }
}
