import { tlsVariables } from "./envoy/tls";
import { identityParameters } from "./MemberIdentity";
import type { Mesh } from "./mesh";

/** Environment variable to parameter name: a member's own certificate and key, and what it trusts. */
export type MemberSecrets = Readonly<
    Record<(typeof tlsVariables)["certificate" | "privateKey" | "trust"], string>
>;

export function memberSecrets(mesh: Mesh, member: string): MemberSecrets {
    const { certificate, privateKey } = identityParameters(mesh.memberPath(member));
    return {
        [tlsVariables.certificate]: certificate,
        [tlsVariables.privateKey]: privateKey,
        [tlsVariables.trust]: mesh.trustParameter,
    };
}
