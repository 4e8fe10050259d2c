import type { Planned, Quota } from "./quotas";

export interface Comparison {
    readonly name: string;
    readonly need: number;
    readonly quota: number;
    /** Whether AWS has granted more than an account has at first. */
    readonly granted: boolean;
    readonly source: string;
    readonly fits: boolean;
}

/** Each quota with what the stack needs of it; `granted` holds those that were raised, by name. */
export function compare(
    quotas: readonly Quota[],
    planned: readonly Planned[],
    granted: Readonly<Record<string, number>>,
): readonly Comparison[] {
    return quotas.map(({ name, standard, source, need: count }) => {
        const [need, quota] = [count(planned), granted[name] ?? standard];
        return { name, need, quota, granted: name in granted, source, fits: need <= quota };
    });
}
