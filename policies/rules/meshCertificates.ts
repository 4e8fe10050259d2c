import { atLeast, atMost, settled } from "../configuration";
import { gather, type Finding } from "../finding";
import { callGraphOf, memberName } from "../facts/callGraph";
import { guestKeys } from "../facts/handOver";
import { ecsServices, proxiedServices } from "../facts/sidecar";
import type { Resource, Stack } from "../facts/stack";
import type { Value } from "../facts/value";
import { endsWithTerm, trustsFew } from "../requirements/authorities";
import { hasOwnIdentity, identitiesOf, type Identities } from "../requirements/ownIdentity";
import { grantsOf, holdersOf, ownKey, ownRole, readsOwnSecrets } from "../requirements/serviceIdentity";
import { each, type Rule } from "../rule";

const settings = { validityHours: atMost(720), renewalHours: atLeast(360, 719) };
const keyType = "tls:index/privateKey:PrivateKey";
const parameterType = "aws:ssm/parameter:Parameter";

/** ADR-003, "mTLS": identities are short-lived, and a service's key is known to nobody else. */
export function meshCertificates(): Rule {
    return {
        id: "mesh-certificates",
        title: "Short certificates, secret keys",
        description:
            "Members' certificates live at most 30 days and are renewed halfway, keys are elliptic and kept as SecureString, and each service is given its own identity only, and reads it with an execution role of its own.",
        clause: "mTLS for all service communication; Service-to-service authentication",
        severity: "high",
        controls: ["Security Hub ECS.8"],
        remediation: "leave the certificates, parameters and roles of MeshedService as generated.",
        settings,
        waiting: {
            1: "there are no proxies yet that would show a certificate; roles and keys are held to it",
        },
        checks: (stack, configured) => {
            const numbers = settled(settings, configured);
            const services = ecsServices(stack);
            const holders = holdersOf(services);
            const proxied = new Set(proxiedServices(stack));
            const grants = grantsOf(stack);
            const secure = secureParameters(stack);
            const identities = identitiesOf(stack);
            return [
                ...each(stack.ofType("tls:index/locallySignedCert:LocallySignedCert"), ({ props }) =>
                    lifetime(props, numbers),
                ),
                ...each(stack.ofType("aws:acmpca/certificate:Certificate"), (certificate) =>
                    endsWithTerm(certificate, numbers),
                ),
                ...each(stack.ofType(keyType), ({ props }) => {
                    const [algorithm, curve] = [props.get("algorithm"), props.get("ecdsaCurve")];
                    const isStrong =
                        algorithm.text === "ED25519" ||
                        (algorithm.text === "ECDSA" && ["P256", "P384"].includes(curve.text ?? ""));
                    return algorithm.require(isStrong, "ECDSA P256 or P384, or ED25519");
                }),
                ...each(stack.ofType(parameterType), keepsKey),
                ...each(services, (service) =>
                    gather(
                        () => ownRole(service, holders),
                        () => {
                            const keys = new Set([...secure, ...guestKeys(stack, memberName(service))]);
                            return proxied.has(service) ? ownKey(service, holders, keys) : [];
                        },
                        () => (proxied.has(service) ? trustsFew(service, stack) : []),
                        () => (proxied.has(service) ? identifiesItself(service, stack, identities) : []),
                        () => readsOwnSecrets(service, grants),
                    ),
                ),
            ];
        },
    };
}

function identifiesItself(service: Resource, stack: Stack, identities: Identities): readonly Finding[] {
    const name = memberName(service);
    const identity = (): string => {
        const graph = callGraphOf(stack);
        return `spiffe://${graph.trustDomain}/${graph.serviceOf(name)}`;
    };
    return hasOwnIdentity(service, { name, identity }, stack, identities);
}

function lifetime(
    props: Value,
    numbers: { validityHours: number; renewalHours: number },
): readonly Finding[] {
    const [validity, renewal, authority] = [
        props.get("validityPeriodHours"),
        props.get("earlyRenewalHours"),
        props.get("isCaCertificate"),
    ];
    const { validityHours, renewalHours } = numbers;
    const uses = props
        .get("allowedUses")
        .items()
        .map(({ text }) => text);
    return [
        ...validity.require((validity.number ?? Infinity) <= validityHours, `at most ${validityHours} hours`),
        ...renewal.require(
            (renewal.number ?? 0) >= renewalHours,
            `at least ${renewalHours} hours before the end`,
        ),
        ...authority.require(authority.isOff, "false: members sign nobody"),
        ...props.get("allowedUses").require(!uses.includes("cert_signing"), "no cert_signing"),
    ];
}

/** What holds a key is encrypted by a customer-managed key. On a deploy the value itself is looked at. */
function keepsKey(parameter: Resource): readonly Finding[] {
    const { props } = parameter;
    const values = ["value", "insecureValue"];
    const fromKey = values.some((name) => parameter.sources(name, keyType).length > 0);
    const holdsKey = values.some((name) => props.get(name).text?.includes("PRIVATE KEY") === true);
    const [type, key] = [props.get("type"), props.get("keyId")];
    return fromKey || holdsKey
        ? [
              ...type.require(type.text === "SecureString", '"SecureString"'),
              ...props
                  .get("insecureValue")
                  .require(!parameter.sources("insecureValue", keyType).length, "nothing"),
              ...key.require(
                  parameter.sources("keyId", "aws:kms/key:Key").length === 1 ||
                      (key.text ?? "").startsWith("arn:"),
                  "a customer-managed key",
              ),
          ]
        : [];
}

function secureParameters(stack: Stack): ReadonlySet<string | undefined> {
    const secure = stack
        .ofType(parameterType)
        .filter(({ props }) => props.get("type").text === "SecureString")
        .map(({ props }) => props.get("name").text);
    return new Set(secure);
}
