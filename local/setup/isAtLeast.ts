/** Whether `version` is at least `oldest`; both like `v3.259.0`, what follows (`-alpha…`) does not count. */
export function isAtLeast(version: string, oldest: string): boolean {
    const [a, b] = [numbers(version), numbers(oldest)];
    for (const [index, wanted] of b.entries()) {
        const given = a[index] ?? -1;
        if (given !== wanted) {
            return given > wanted;
        }
    }
    return true;
}

function numbers(version: string): number[] {
    const found = /v?(\d+)\.(\d+)\.(\d+)/.exec(version);
    return found === null ? [] : found.slice(1).map(Number);
}
