import { readContract } from "./readContract";
import type { ContractSource } from "./source";

/** All scopes that the contracts declare, with what each allows. Contracts that do not parse are reported where they are used. */
export function scopesOf(sources: readonly ContractSource[]): Readonly<Record<string, string>> {
    const scopes = sources.flatMap((source) => [...(readContract(source).contract?.scopes ?? [])]);
    return Object.fromEntries(scopes.sort(([a], [b]) => a.localeCompare(b, "en")));
}
