import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import type { CertificateAuthority } from "./MemberIdentity";

export interface MeshAuthorityArgs {
    readonly trustDomain: string;
    /** Name of the parameter that holds the certificates every member trusts. */
    readonly trustParameter: string;
    /** Refuse to delete the key: every member would have to get a new certificate at once. */
    readonly protect: boolean;
}

const hoursPerDay = 24;
const validityDays = 3650;

/** The mesh's own certificate authority. Its key stays in the stack's state, encrypted by the stack's secrets provider. */
export class MeshAuthority extends pulumi.ComponentResource implements CertificateAuthority {
    readonly certificatePem: pulumi.Output<string>;
    readonly privateKeyPem: pulumi.Output<string>;

    constructor(name: string, args: MeshAuthorityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:mesh:MeshAuthority", name, {}, opts);
        const kept = { parent: this, protect: args.protect };
        const key = new tls.PrivateKey(`${name}-key`, { algorithm: "ECDSA", ecdsaCurve: "P256" }, kept);
        const certificate = new tls.SelfSignedCert(
            name,
            {
                privateKeyPem: key.privateKeyPem,
                isCaCertificate: true,
                setSubjectKeyId: true,
                subject: { commonName: `${args.trustDomain} mesh`, organization: args.trustDomain },
                validityPeriodHours: validityDays * hoursPerDay,
                allowedUses: ["cert_signing", "crl_signing"],
            },
            kept,
        );
        this.certificatePem = certificate.certPem;
        this.privateKeyPem = key.privateKeyPem;
        new ssm.Parameter(
            `${name}-trust`,
            {
                name: args.trustParameter,
                description: `Certificates that members of ${args.trustDomain} trust`,
                type: "String",
                value: this.certificatePem,
            },
            { parent: this },
        );
        this.registerOutputs({ trustDomain: args.trustDomain, certificatePem: this.certificatePem });
    }
}
