import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { webcrypto } from "node:crypto";
import type { Outputs } from "../../../tools/verify-aws/outputs";
import type { Played } from "../../../tools/verify-aws/rehearsal/world";

export const target: Played["target"] = {
    prefix: "verify-played",
    region: "eu-central-1",
    origins: ["https://one.verify.example", "https://two.verify.example"],
    deployRole: "traffic-dev-deploy",
    limiter: { clusterArn: "arn:cluster", serviceArn: "arn:service/limiter" },
    migrating: {
        prefix: "traffic-dev",
        apis: ["orders"],
        clusterArn: "arn:cluster",
        serviceArns: ["arn:service/migrating"],
    },
    privateCaArn: "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/played",
    issuer: undefined,
};

export const outputs: Outputs = {
    urls: { v1: "https://api.verify.example/probe/v1", v2: "https://api.verify.example/probe/v2" },
    clientIds: { full: "full", writer: "writer" },
    clientSecrets: { full: "one", writer: "two" },
    apiKeys: { full: "key-of-full", writer: "key-of-writer" },
    clusterArn: "cluster",
    serviceArns: { probe: "service/probe", ingress: "service/ingress" },
    discoveryId: "srv-1",
    certificateParameter: "/verify-played/mesh/probe-service/certificate",
    alarmTopicArn: "topic",
};

/** A certificate of 30 days with a SPIFFE identity, PEM. */
export async function probeCertificate(uri: string): Promise<string> {
    const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const notBefore = new Date();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        name: "CN=probe",
        notBefore,
        notAfter: new Date(notBefore.getTime() + 720 * 3_600_000),
        keys,
        signingAlgorithm: algorithm,
        extensions: [new x509.SubjectAlternativeNameExtension([{ type: "url", value: uri }])],
    });
    return certificate.toString("pem");
}
