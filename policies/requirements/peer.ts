import type { Finding } from "../finding";
import { isGiven, peerNames, validationOf } from "../facts/envoy/tls";
import type { Value } from "../facts/value";

/** Ways to check a peer that replace or soften the check against a trusted CA. Source: Envoy, `CertificateValidationContext`. */
const otherChecks = [
    "ca_certificate_provider_instance",
    "system_root_certs",
    "custom_validator_config",
    "match_subject_alt_names",
] as const;

/** The peer's certificate is checked against a CA that the configuration names, and nothing softens that. */
export function checksPeer(context: Value): readonly Finding[] {
    const validation = validationOf(context);
    if (validation.isMissing) {
        return [validation.finding("a static validation context")];
    }
    const trust = validation.get("trust_chain_verification");
    const anchor = validation.get("trusted_ca");
    return [
        ...anchor.require(isGiven(anchor), "the CA that the peer's certificate must come from"),
        ...trust.require(trust.isMissing || trust.text === "VERIFY_TRUST_CHAIN", "VERIFY_TRUST_CHAIN"),
        ...validation
            .get("allow_expired_certificate")
            .require(validation.get("allow_expired_certificate").isOff, "no expired certificates"),
        ...otherChecks.flatMap((name) => {
            const other = validation.get(name);
            return other.require(
                other.isMissing,
                "nothing: trusted_ca and match_typed_subject_alt_names decide",
            );
        }),
    ];
}

/** Every name that is accepted of the peer is a SPIFFE identity that `accepts` allows: one that does not, and anybody is let in. */
export function namesPeer(
    context: Value,
    required: string,
    accepts: (matcher: Value) => boolean,
): readonly Finding[] {
    const names = peerNames(context);
    if (names.length === 0) {
        return [validationOf(context).get("match_typed_subject_alt_names").finding(required)];
    }
    return names.flatMap((name) => {
        const matcher = name.get("matcher");
        const holds = name.get("san_type").text === "URI" && matcher.fields.length === 1 && accepts(matcher);
        return name.require(holds, required);
    });
}

/** It shows a certificate of its own, which the bootstrap itself names. */
export function showsCertificate(context: Value): readonly Finding[] {
    const certificates = context.get("common_tls_context", "tls_certificates");
    const all = certificates.items();
    if (all.length === 0) {
        return [certificates.finding("a certificate and its private key")];
    }
    return all.flatMap((certificate) =>
        ["certificate_chain", "private_key"].flatMap((part) => {
            const source = certificate.get(part);
            return source.require(isGiven(source), "a data source");
        }),
    );
}
