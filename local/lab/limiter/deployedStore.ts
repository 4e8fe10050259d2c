import type { StackExport } from "../deployedProxies";

/** Who may use a deployed store, and for what. */
export interface StoreUser {
    readonly userName: string;
    /** As Valkey's ACL has it. */
    readonly accessString: string;
    readonly passwords: readonly string[];
}

const userType = "aws:elasticache/user:User";

/** Users of the store that a stack (exported with its secrets shown) has deployed. */
export function deployedStoreUsers({ deployment }: StackExport): readonly StoreUser[] {
    return (deployment.resources ?? [])
        .filter(({ type }) => type === userType)
        .map(({ outputs = {} }) => {
            const { passwords } = plain(outputs.authenticationMode) as { readonly passwords: unknown };
            return {
                userName: String(plain(outputs.userName)),
                accessString: String(plain(outputs.accessString)),
                passwords: (plain(passwords) as readonly unknown[]).map((password) =>
                    String(plain(password)),
                ),
            };
        });
}

/** A secret value stands in an export as an envelope with the JSON of its plain text. */
function plain(value: unknown): unknown {
    return typeof value === "object" && value !== null && "plaintext" in value
        ? JSON.parse(String(value.plaintext))
        : value;
}
