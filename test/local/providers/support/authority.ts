import type { Props } from "../../../../local/providers/rpc/values";
import type { TlsProvider } from "../../../../local/providers/tls/provider";
import { created, subjectOf, textOf } from "./providers";

export interface Identity {
    readonly key: string;
    readonly certificate: string;
}

/** A certificate authority and what it signs, made through the tls stand-in as the mesh makes its own. */
export class Authority {
    private constructor(
        private readonly provider: TlsProvider,
        public readonly own: Identity,
    ) {}

    public static async create(provider: TlsProvider, algorithm: Props): Promise<Authority> {
        const key = await newKey(provider, "ca", algorithm);
        const { outputs } = await created(
            provider,
            subjectOf("tls:index/selfSignedCert:SelfSignedCert", "ca"),
            {
                privateKeyPem: key,
                subject: { commonName: "shop mesh", organization: "Shop" },
                isCaCertificate: true,
                allowedUses: ["cert_signing", "crl_signing"],
                validityPeriodHours: 720,
            },
        );
        return new Authority(provider, { key, certificate: textOf(outputs, "certPem") });
    }

    public async sign(name: string, algorithm: Props, request: Props, terms: Props = {}): Promise<Identity> {
        const key = await newKey(this.provider, name, algorithm);
        const asked = await created(this.provider, subjectOf("tls:index/certRequest:CertRequest", name), {
            privateKeyPem: key,
            ...request,
        });
        const signed = await created(
            this.provider,
            subjectOf("tls:index/locallySignedCert:LocallySignedCert", name),
            {
                certRequestPem: asked.outputs.certRequestPem ?? "",
                caPrivateKeyPem: this.own.key,
                caCertPem: this.own.certificate,
                allowedUses: ["digital_signature", "server_auth", "client_auth"],
                validityPeriodHours: 24,
                ...terms,
            },
        );
        return { key, certificate: textOf(signed.outputs, "certPem") };
    }
}

async function newKey(provider: TlsProvider, name: string, algorithm: Props): Promise<string> {
    const subject = subjectOf("tls:index/privateKey:PrivateKey", name);
    const { outputs } = await created(provider, subject, algorithm);
    return textOf(outputs, "privateKeyPem");
}
