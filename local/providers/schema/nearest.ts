/** The candidate that was most likely meant: same letters in another case, or at most two edits away. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
    const ranked = candidates
        .map((candidate) => ({ candidate, edits: distance(name.toLowerCase(), candidate.toLowerCase()) }))
        .sort((a, b) => a.edits - b.edits || a.candidate.localeCompare(b.candidate));
    const [best] = ranked;
    return best !== undefined && best.edits <= 2 ? best.candidate : undefined;
}

/** Levenshtein's distance: insertions, deletions and substitutions from one text to the other. */
function distance(from: string, to: string): number {
    let row = Array.from({ length: to.length + 1 }, (_, index) => index);
    from.split("").forEach((letter, index) => {
        const next = [index + 1];
        to.split("").forEach((other, column) => {
            const substituted = (row[column] ?? 0) + (letter === other ? 0 : 1);
            next.push(Math.min(substituted, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
        });
        row = next;
    });
    return row[to.length] ?? 0;
}
