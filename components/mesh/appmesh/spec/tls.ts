import { spiffeId } from "../../../model/mesh";
import { applicationPort } from "./names";
import type { ClientPolicy, FileCertificate, ListenerTls, PeerValidation } from "./types";

/**
 * App Mesh's proxy reads certificates from files. They lie in the container's own memory, never on a disk, and nobody but the
 * proxy's user may read them; the entry point writes them.
 */
export const certificateFolder = "/dev/shm/mesh";

export const certificateFiles = {
    certificate: `${certificateFolder}/certificate.pem`,
    privateKey: `${certificateFolder}/private-key.pem`,
    trust: `${certificateFolder}/trust.pem`,
    gatewayCertificate: `${certificateFolder}/gateway-certificate.pem`,
    gatewayPrivateKey: `${certificateFolder}/gateway-private-key.pem`,
    gatewayTrust: `${certificateFolder}/gateway-trust.pem`,
} as const;

const ownCertificate: FileCertificate = {
    file: {
        certificateChain: certificateFiles.certificate,
        privateKey: certificateFiles.privateKey,
    },
};

/**
 * Lets in whoever shows a certificate of the mesh's authority with the identity of a declared caller. A list must name somebody: a
 * service that nobody calls names itself.
 */
export function memberTls(trustDomain: string, service: string, callers: readonly string[]): ListenerTls {
    return {
        mode: "STRICT",
        certificate: ownCertificate,
        validation: meshPeers(trustDomain, callers.length === 0 ? [service] : callers),
    };
}

/** What callers ask of a callee, or the ingress of the public services: its identity, for which their own is shown. */
export function towards(trustDomain: string, services: readonly string[]): ClientPolicy {
    return {
        tls: {
            enforce: true,
            ports: [applicationPort],
            certificate: ownCertificate,
            validation: meshPeers(trustDomain, services),
        },
    };
}

/** API Gateway has no SPIFFE identity: its client certificate is its own trust anchor. */
export function gatewayTls(): ListenerTls {
    return {
        mode: "STRICT",
        certificate: {
            file: {
                certificateChain: certificateFiles.gatewayCertificate,
                privateKey: certificateFiles.gatewayPrivateKey,
            },
        },
        validation: { trust: { file: { certificateChain: certificateFiles.gatewayTrust } } },
    };
}

function meshPeers(trustDomain: string, members: readonly string[]): PeerValidation {
    return {
        trust: { file: { certificateChain: certificateFiles.trust } },
        subjectAlternativeNames: {
            match: { exacts: members.map((member) => spiffeId(trustDomain, member)) },
        },
    };
}
