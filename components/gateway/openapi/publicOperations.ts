import type { Issue } from "../../model/issues";
import { isPublic, type Contract } from "./contract";

/** Operations that do without token or key, by name, each with the reason. */
export type PublicOperations = Readonly<Record<string, string>>;

/** What the contract leaves open must be listed with a reason, and what is listed must still be so. */
export function checkPublicOperations(
    contracts: readonly Contract[],
    listed: PublicOperations,
): readonly Issue[] {
    const operations = contracts.flatMap((contract) => contract.operations);
    const unlisted = operations
        .filter((operation) => isPublic(operation) && !(operation.id in listed))
        .map(({ at, id }) => ({
            path: `${at}.security`,
            got: `${id} without a token, a key or both`,
            want: "both, or list the operation under publicOperations with a reason",
        }));
    const stale = Object.entries(listed).flatMap(([id, reason]) => {
        const path = `publicOperations.${id}`;
        if (!operations.some((operation) => operation.id === id && isPublic(operation))) {
            return [
                {
                    path,
                    got: reason,
                    want: "the name of an operation that does without token or key; remove it",
                },
            ];
        }
        return reason.trim() === "" ? [{ path, got: reason, want: "the reason why it must be public" }] : [];
    });
    return [...unlisted, ...stale];
}
