import { getCertificateAuthorityOutput } from "@pulumi/aws/acmpca/getCertificateAuthority";
import type * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import type { Authority, SigningAlgorithm } from "../model/authority";

/** An authority that this deploy may let sign. */
export type Signer = OwnSigner | PrivateCaSigner;

export interface OwnSigner {
    readonly kind: "own";
    readonly certificatePem: pulumi.Output<string>;
    /** Secret. */
    readonly privateKeyPem: pulumi.Output<string>;
}

export interface PrivateCaSigner {
    readonly kind: "private CA";
    readonly arn: string;
    readonly signingAlgorithm: SigningAlgorithm;
    readonly certificatePem: pulumi.Output<string>;
}

const hoursPerDay = 24;
const validityDays = 3650;

/** The signer for an authority; an own one is made, under a name that its generation has for good. */
export function createSigner(
    name: string,
    authority: Authority,
    trustDomain: string,
    opts: pulumi.CustomResourceOptions,
): Signer {
    return "generation" in authority
        ? createOwn(authority.generation === 1 ? name : `${name}-${authority.generation}`, trustDomain, opts)
        : readPrivateCa(authority, opts);
}

function createOwn(name: string, trustDomain: string, opts: pulumi.CustomResourceOptions): OwnSigner {
    const key = new tls.PrivateKey(`${name}-key`, { algorithm: "ECDSA", ecdsaCurve: "P256" }, opts);
    const certificate = new tls.SelfSignedCert(
        name,
        {
            privateKeyPem: key.privateKeyPem,
            isCaCertificate: true,
            setSubjectKeyId: true,
            subject: { commonName: `${trustDomain} mesh`, organization: trustDomain },
            validityPeriodHours: validityDays * hoursPerDay,
            allowedUses: ["cert_signing", "crl_signing"],
        },
        opts,
    );
    return { kind: "own", certificatePem: certificate.certPem, privateKeyPem: key.privateKeyPem };
}

/** Members trust the very authority that signs, not what signed it: others below the same root stay outside. */
function readPrivateCa(
    { privateCaArn, signingAlgorithm = "SHA256WITHECDSA" }: Extract<Authority, { privateCaArn: string }>,
    { parent }: pulumi.CustomResourceOptions,
): PrivateCaSigner {
    const lookUp = parent === undefined ? {} : { parent };
    const { certificate } = getCertificateAuthorityOutput({ arn: privateCaArn }, lookUp);
    return { kind: "private CA", arn: privateCaArn, signingAlgorithm, certificatePem: certificate };
}
