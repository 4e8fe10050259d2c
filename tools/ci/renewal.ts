import { nameOf, typeOf, type Operation } from "./plan";

interface Expected {
    readonly type: string;
    readonly op: string;
    /** Properties that may change; at least one does. */
    readonly changes: readonly string[];
    /** How the resource's name ends. @default any */
    readonly name?: string;
}

/**
 * What a renewal of certificates does, and nothing else: the certificate is made anew, its parameter gets the new text, the service starts
 * new tasks. A renewed authority is not among them: changing it takes three deploys, which a person leads (decision 25).
 */
const expected: readonly Expected[] = [
    { type: "tls:index/locallySignedCert:LocallySignedCert", op: "replace", changes: ["readyForRenewal"] },
    // With an AWS Private CA: the clock, and the certificate that ends with it (decision 26).
    {
        type: "tls:index/selfSignedCert:SelfSignedCert",
        name: "-term",
        op: "replace",
        changes: ["readyForRenewal"],
    },
    { type: "aws:acmpca/certificate:Certificate", op: "replace", changes: ["validity"] },
    // `version` and `insecureValue` are computed by the provider when the value changes.
    { type: "aws:ssm/parameter:Parameter", op: "update", changes: ["value", "version", "insecureValue"] },
    { type: "aws:ecs/service:Service", op: "update", changes: ["triggers"] },
];

/** The operations of a plan that a renewal of certificates does not explain. */
export function beyondRenewal(operations: readonly Operation[]): readonly Operation[] {
    return operations.filter((operation) => !expected.some((each) => explains(each, operation)));
}

function explains({ type, name = "", op, changes }: Expected, operation: Operation): boolean {
    return (
        typeOf(operation) === type &&
        nameOf(operation).endsWith(name) &&
        operation.op === op &&
        operation.changes.length > 0 &&
        operation.changes.every((change) => changes.includes(change))
    );
}
