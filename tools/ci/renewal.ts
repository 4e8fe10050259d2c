import { typeOf, type Operation } from "./plan";

/**
 * What a renewal of certificates does, and nothing else: the certificate is made anew, its parameter gets the new text, the service starts
 * new tasks. A renewed authority is not among them: changing it takes three deploys, which a person leads (docs/architecture.md).
 * `version` and `insecureValue` are computed by the provider when a parameter's value changes.
 */
const expected: Readonly<
    Record<string, { readonly ops: readonly string[]; readonly changes: readonly string[] }>
> = {
    "tls:index/locallySignedCert:LocallySignedCert": {
        ops: ["replace"],
        changes: ["readyForRenewal"],
    },
    "aws:ssm/parameter:Parameter": {
        ops: ["update"],
        changes: ["value", "version", "insecureValue"],
    },
    "aws:ecs/service:Service": { ops: ["update"], changes: ["triggers"] },
};

/** The operations of a plan that a renewal of certificates does not explain. */
export function beyondRenewal(operations: readonly Operation[]): readonly Operation[] {
    return operations.filter((operation) => {
        const allowed = expected[typeOf(operation)];
        return (
            allowed?.ops.includes(operation.op) !== true ||
            operation.changes.length === 0 ||
            !operation.changes.every((change) => allowed.changes.includes(change))
        );
    });
}
