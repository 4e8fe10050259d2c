import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { spiffeId } from "../model/mesh";

/** The authority that signs members' certificates. */
export interface CertificateAuthority {
    readonly certificatePem: pulumi.Input<string>;
    /** Secret. */
    readonly privateKeyPem: pulumi.Input<string>;
}

/** How long a member's certificate lives, in hours. */
export interface CertificateLifetime {
    /** @default 720 (30 days) */
    readonly validityHours: number;
    /** Hours before the end at which the next deploy renews it. @default 360 (15 days) */
    readonly renewalHours: number;
}

export interface MemberIdentityArgs {
    readonly member: string;
    /** Name in its SPIFFE identity, which all versions of a service share. */
    readonly service: string;
    readonly trustDomain: string;
    readonly authority: CertificateAuthority;
    readonly lifetime: CertificateLifetime;
    /** Beginning of the parameters' names, for example `/traffic-dev/mesh/payment-service`. */
    readonly parameterPath: string;
    readonly kmsKeyArn: pulumi.Input<string>;
}

/** Names of the parameters in which a member finds its own certificate and key. */
export function identityParameters(parameterPath: string): { certificate: string; privateKey: string } {
    return { certificate: `${parameterPath}/certificate`, privateKey: `${parameterPath}/private-key` };
}

/**
 * A member's key and certificate (ECDSA P-256, SPIFFE URI), in parameters that its execution role alone may read.
 * A deploy after `renewalHours` before the end makes a new certificate, and the service restarts with it.
 */
export class MemberIdentity extends pulumi.ComponentResource {
    /** End of the certificate's life, RFC 3339: changes with each renewal. */
    readonly validUntil: pulumi.Output<string>;

    constructor(name: string, args: MemberIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:mesh:MemberIdentity", name, {}, opts);
        const { member, service, trustDomain, authority, lifetime } = args;
        const child = { parent: this };
        const key = new tls.PrivateKey(`${name}-key`, { algorithm: "ECDSA", ecdsaCurve: "P256" }, child);
        const request = new tls.CertRequest(
            `${name}-request`,
            {
                privateKeyPem: key.privateKeyPem,
                subject: { commonName: member, organization: trustDomain },
                dnsNames: [`${member}.${trustDomain}`],
                uris: [spiffeId(trustDomain, service)],
            },
            child,
        );
        const certificate = new tls.LocallySignedCert(
            name,
            {
                certRequestPem: request.certRequestPem,
                caCertPem: authority.certificatePem,
                caPrivateKeyPem: authority.privateKeyPem,
                validityPeriodHours: lifetime.validityHours,
                earlyRenewalHours: lifetime.renewalHours,
                allowedUses: ["digital_signature", "server_auth", "client_auth"],
                setSubjectKeyId: true,
            },
            child,
        );
        this.createParameters(name, args, certificate.certPem, key.privateKeyPemPkcs8);
        this.validUntil = certificate.validityEndTime;
        this.registerOutputs({ member, trustDomain, validUntil: this.validUntil });
    }

    private createParameters(
        name: string,
        { member, parameterPath, kmsKeyArn }: MemberIdentityArgs,
        certificatePem: pulumi.Output<string>,
        privateKeyPem: pulumi.Output<string>,
    ): void {
        const names = identityParameters(parameterPath);
        new ssm.Parameter(
            `${name}-certificate`,
            {
                name: names.certificate,
                description: `Mesh certificate of ${member}`,
                type: "String",
                value: certificatePem,
            },
            { parent: this },
        );
        new ssm.Parameter(
            `${name}-private-key`,
            {
                name: names.privateKey,
                description: `Mesh private key of ${member}`,
                type: "SecureString",
                keyId: kmsKeyArn,
                value: privateKeyPem,
            },
            { parent: this },
        );
    }
}
