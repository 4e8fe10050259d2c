import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { spiffeId } from "../model/mesh";
import { createCertificate, type CertificateLifetime } from "./memberCertificate";
import type { MeshAuthority } from "./MeshAuthority";

export interface MemberIdentityArgs {
    readonly member: string;
    /** Name in its SPIFFE identity, which all versions of a service share. */
    readonly service: string;
    readonly trustDomain: string;
    readonly authority: MeshAuthority;
    readonly lifetime: CertificateLifetime;
    readonly partition: pulumi.Input<string>;
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
        const { member, service, trustDomain, authority, lifetime, partition } = args;
        const child = { parent: this, dependsOn: [authority.trust] };
        const key = new tls.PrivateKey(
            `${name}-key`,
            { algorithm: "ECDSA", ecdsaCurve: "P256" },
            // Whoever could read the old authority's key could read this one: they lay in one state.
            { ...child, replacementTrigger: authority.signerId },
        );
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
        const certificate = createCertificate(
            name,
            { signer: authority.signer, lifetime, partition, key, request },
            child,
        );
        this.createParameters(name, args, certificate.pem, key.privateKeyPemPkcs8);
        this.validUntil = certificate.validUntil;
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
