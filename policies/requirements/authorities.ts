import type { Finding } from "../finding";
import { isOfJoinedMesh } from "../facts/handOver";
import type { Resource, Stack } from "../facts/stack";
import { containersOf, taskDefinitionOf } from "../facts/taskDefinitions";

const selfSignedType = "tls:index/selfSignedCert:SelfSignedCert";
const trustVariable = "MESH_TRUST";
/** One, and during a rotation the other. */
const mostAuthorities = 2;
const endEntity = /^arn:aws[\w-]*:acm-pca:::template\/EndEntityCertificate\/V1$/;

/**
 * A Private CA's certificate is not renewed by itself: its end must be that of a certificate which the tls provider replaces in
 * time, and which lives no longer than a member's may.
 */
export function endsWithTerm(
    certificate: Resource,
    { validityHours, renewalHours }: { readonly validityHours: number; readonly renewalHours: number },
): readonly Finding[] {
    const { props } = certificate;
    const [template, kind, end] = [
        props.get("templateArn"),
        props.get("validity", "type"),
        props.get("validity", "value"),
    ];
    const terms = certificate.sources("validity", selfSignedType);
    const [term] = terms;
    const known = term?.props.get("validityEndTime").text;
    return [
        ...template.require(
            endEntity.test(template.text ?? ""),
            "EndEntityCertificate/V1: members sign nobody",
        ),
        ...kind.require(kind.text === "END_DATE" || kind.isUnknown, '"END_DATE"'),
        ...end.require(
            terms.length === 1 && (end.isUnknown || end.text === known),
            "the end of exactly one self-signed certificate of this program",
        ),
        ...(term === undefined
            ? []
            : [
                  ...term.props
                      .get("validityPeriodHours")
                      .require(
                          (term.props.get("validityPeriodHours").number ?? Infinity) <= validityHours,
                          `at most ${validityHours} hours`,
                      ),
                  ...term.props
                      .get("earlyRenewalHours")
                      .require(
                          (term.props.get("earlyRenewalHours").number ?? 0) >= renewalHours,
                          `at least ${renewalHours} hours before the end`,
                      ),
              ]),
    ];
}

/** What a proxy trusts is a parameter of this program or of the mesh that it joins, with the certificates of one authority, or of two during a rotation. */
export function trustsFew(service: Resource, stack: Stack): readonly Finding[] {
    const named = containersOf(taskDefinitionOf(service))
        .flatMap((container) => container.get("secrets").items())
        .filter((secret) => secret.get("name").text === trustVariable)
        .map((secret) => secret.get("valueFrom"));
    const parameters = stack.ofType("aws:ssm/parameter:Parameter");
    return named.flatMap((name) => {
        if (isOfJoinedMesh(name, stack, "trustParameter")) {
            return [];
        }
        const found = parameters.filter(({ props }) => props.get("name").text === name.text);
        const [parameter] = found;
        return parameter === undefined || found.length > 1
            ? [name.finding("the name of one parameter of this program, or of the mesh that it joins")]
            : trustedBy(parameter);
    });
}

function trustedBy(parameter: Resource): readonly Finding[] {
    const value = parameter.props.get("value");
    const sources = parameter.sources("value", selfSignedType);
    const certificates = value.text?.match(/-----BEGIN CERTIFICATE-----/g)?.length;
    const count = Math.max(sources.length, certificates ?? 0);
    const required = `certificates of at most ${mostAuthorities} authorities`;
    return [
        ...value.require(count <= mostAuthorities, required, `${count} authorities`),
        ...value.require(count > 0, required, "none"),
        ...sources.flatMap(({ name, props }) => {
            const isAuthority = props.get("isCaCertificate");
            return isAuthority.require(isAuthority.isTrue, `true: "${name}" is trusted to sign`);
        }),
    ];
}
