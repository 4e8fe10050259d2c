import * as acmpca from "@pulumi/aws/acmpca";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { Issues, type Issue } from "../model/issues";
import type { OwnSigner, PrivateCaSigner, Signer } from "./signer";

/** How long a member's certificate lives, in hours. */
export interface CertificateLifetime {
    /** Hours from its making to its end. @default 720 (30 days) */
    readonly validityHours: number;
    /** Hours before the end at which the next deploy renews it. @default 360 (15 days) */
    readonly renewalHours: number;
}

const longestHours = 720;

export function checkLifetime({ validityHours, renewalHours }: CertificateLifetime): readonly Issue[] {
    const issues = new Issues();
    const short = Number.isInteger(validityHours) && validityHours >= 2 && validityHours <= longestHours;
    issues.require(short, "validityHours", validityHours, `2 to ${longestHours} hours`);
    const renewed = Number.isInteger(renewalHours) && renewalHours >= 1 && renewalHours < validityHours;
    issues.require(
        renewed,
        "renewalHours",
        renewalHours,
        "at least 1 hour, and less than the certificate lives",
    );
    return issues.all;
}

export interface MemberCertificateArgs {
    readonly signer: Signer;
    readonly lifetime: CertificateLifetime;
    readonly partition: pulumi.Input<string>;
    readonly key: tls.PrivateKey;
    readonly request: tls.CertRequest;
}

export interface MemberCertificate {
    readonly pem: pulumi.Output<string>;
    /** RFC 3339. */
    readonly validUntil: pulumi.Output<string>;
}

/** A certificate for the request, renewed by the first deploy within `renewalHours` before its end. */
export function createCertificate(
    name: string,
    args: MemberCertificateArgs,
    opts: pulumi.CustomResourceOptions,
): MemberCertificate {
    return args.signer.kind === "own"
        ? signedByOwn(name, args.signer, args, opts)
        : signedByPrivateCa(name, args.signer, args, opts);
}

const memberUses = ["digital_signature", "server_auth", "client_auth"];

function signedByOwn(
    name: string,
    signer: OwnSigner,
    { lifetime, request }: MemberCertificateArgs,
    opts: pulumi.CustomResourceOptions,
): MemberCertificate {
    const certificate = new tls.LocallySignedCert(
        name,
        {
            certRequestPem: request.certRequestPem,
            caCertPem: signer.certificatePem,
            caPrivateKeyPem: signer.privateKeyPem,
            validityPeriodHours: lifetime.validityHours,
            earlyRenewalHours: lifetime.renewalHours,
            allowedUses: memberUses,
            setSubjectKeyId: true,
        },
        opts,
    );
    return { pem: certificate.certPem, validUntil: certificate.validityEndTime };
}

/**
 * A Private CA's certificate is not renewed by itself, and a program has no clock. The term has one: a certificate that nobody is
 * given, which the tls provider replaces when it is due. The real certificate ends when the term does, so that a new term is a
 * new certificate. See docs/decisions/0026-private-ca.md.
 */
function signedByPrivateCa(
    name: string,
    signer: PrivateCaSigner,
    { lifetime, key, request, partition }: MemberCertificateArgs,
    opts: pulumi.CustomResourceOptions,
): MemberCertificate {
    const term = new tls.SelfSignedCert(
        `${name}-term`,
        {
            privateKeyPem: key.privateKeyPem,
            subject: { commonName: "term of a certificate" },
            validityPeriodHours: lifetime.validityHours,
            earlyRenewalHours: lifetime.renewalHours,
            allowedUses: [],
        },
        opts,
    );
    const certificate = new acmpca.Certificate(
        name,
        {
            certificateAuthorityArn: signer.arn,
            certificateSigningRequest: request.certRequestPem,
            signingAlgorithm: signer.signingAlgorithm,
            // Takes subject and SPIFFE URI from the request, and nothing else: no request makes an authority.
            templateArn: pulumi.interpolate`arn:${partition}:acm-pca:::template/EndEntityCertificate/V1`,
            validity: { type: "END_DATE", value: term.validityEndTime },
        },
        opts,
    );
    return { pem: certificate.certificate, validUntil: term.validityEndTime };
}
