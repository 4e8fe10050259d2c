import { gatherOver, type Finding } from "../finding";
import { guestPath } from "../facts/handOver";
import type { Resource, Stack } from "../facts/stack";
import { containersOf, taskDefinitionOf } from "../facts/taskDefinitions";
import type { Value } from "../facts/value";

const parameterType = "aws:ssm/parameter:Parameter";
const keyType = "tls:index/privateKey:PrivateKey";
const selfSignedType = "tls:index/selfSignedCert:SelfSignedCert";
const signedType = "tls:index/locallySignedCert:LocallySignedCert";
const requestType = "tls:index/certRequest:CertRequest";
/** Certificates, and the property that was made from the request. */
const certificateTypes = {
    [signedType]: "certRequestPem",
    "aws:acmpca/certificate:Certificate": "certificateSigningRequest",
} as const;

/** Which identities the program's keys and certificates stand for, looked up once. */
export interface Identities {
    readonly parameters: ReadonlyMap<string, Resource>;
    readonly requestsOf: ReadonlyMap<string, readonly Resource[]>;
    /** Keys that sign certificates. */
    readonly authorities: ReadonlySet<string>;
}

export function identitiesOf(stack: Stack): Identities {
    const requestsOf = new Map<string, readonly Resource[]>();
    for (const request of stack.ofType(requestType)) {
        for (const { urn } of request.sources("privateKeyPem", keyType)) {
            requestsOf.set(urn, [...(requestsOf.get(urn) ?? []), request]);
        }
    }
    const named = stack.ofType(parameterType).flatMap((parameter) => {
        const name = parameter.props.get("name").text;
        return name === undefined ? [] : [[name, parameter] as const];
    });
    const signing = [
        ...stack
            .ofType(selfSignedType)
            .filter(maySign)
            .flatMap((each) => each.sources("privateKeyPem", keyType)),
        ...stack.ofType(signedType).flatMap((each) => each.sources("caPrivateKeyPem", keyType)),
    ];
    return {
        parameters: new Map(named),
        requestsOf,
        authorities: new Set(signing.map(({ urn }) => urn)),
    };
}

/** Under whatever variable: every key and every certificate that a task is given is of its own identity. */
export function hasOwnIdentity(
    service: Resource,
    member: { readonly name: string; readonly identity: () => string },
    stack: Stack,
    { authorities, parameters, requestsOf }: Identities,
): readonly Finding[] {
    const secrets = containersOf(taskDefinitionOf(service)).flatMap((container) =>
        container.get("secrets").items(),
    );
    return gatherOver(secrets, (secret) => {
        const name = secret.get("valueFrom");
        const parameter = parameters.get(nameOf(name));
        if (parameter === undefined) {
            return name.require(
                guestPath(nameOf(name), stack, member.name),
                `what its mesh keeps for ${member.name}, and for nobody else`,
            );
        }
        const keys = parameter.sources("value", keyType);
        const requests = [
            ...keys.flatMap(({ urn }) => requestsOf.get(urn) ?? []),
            ...requestsBehind(parameter),
        ];
        const isAuthority = keys.some(({ urn }) => authorities.has(urn));
        if (requests.length === 0 && !isAuthority) {
            return [];
        }
        const identity = member.identity();
        const isOwn = requests.every((request) => identityOf(request) === identity);
        return name.require(
            isOwn && !isAuthority,
            `a key or a certificate of ${identity}`,
            isAuthority ? "a key that signs certificates" : `that of ${requests.map(identityOf).join(", ")}`,
        );
    });
}

/** Without the mark of an authority a certificate vouches for nobody; what cannot be read may have it. */
function maySign({ props }: Resource): boolean {
    const mark = props.get("isCaCertificate");
    return !mark.isMissing && !mark.isOff;
}

/** ECS takes a parameter's name or its ARN. */
function nameOf({ text = "" }: Value): string {
    return text.replace(/^arn:[^:]*:ssm:[^:]*:[^:]*:parameter/, "");
}

function requestsBehind(parameter: Resource): readonly Resource[] {
    return Object.entries(certificateTypes).flatMap(([type, property]) =>
        parameter.sources("value", type).flatMap((certificate) => certificate.sources(property, requestType)),
    );
}

function identityOf({ props }: Resource): string {
    const uris = props.get("uris");
    return uris.isUnknown
        ? uris.shown
        : uris
              .items()
              .map(({ shown, text }) => text ?? shown)
              .join(" and ");
}
