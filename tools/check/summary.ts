/** What came of a step. */
export interface StepResult {
    readonly name: string;
    readonly seconds: number;
    readonly passed: number;
    readonly failed: number;
    /** Titles of the tests that did not run. */
    readonly skipped: readonly string[];
    /** When it passed on the same files, ISO 8601: it did not run again. */
    readonly passedAt?: string;
}

export function hasFailed(results: readonly StepResult[]): boolean {
    return results.some(({ failed }) => failed > 0);
}

/** A line a step, whatever was skipped, what failed, and last the line that CI reads. */
export function report(results: readonly StepResult[]): string {
    const sum = (count: (result: StepResult) => number): number =>
        results.reduce((total, result) => total + count(result), 0);
    const failed = results.filter((result) => result.failed > 0);
    const before = results.some(({ passedAt }) => passedAt !== undefined);
    return [
        "",
        ...results.map(
            ({ name, seconds, failed, passedAt }) =>
                `${failed > 0 ? "FAILED" : "ok    "} ${name} (${passedAt === undefined ? `${seconds.toFixed(1)} s` : `passed ${passedAt} on the same files`})`,
        ),
        ...results.flatMap(({ name, skipped }) => skipped.map((title) => `SKIPPED ${name}: ${title}`)),
        ...(failed.length === 0 ? [] : [`FAILED: ${failed.map(({ name }) => name).join(", ")}`]),
        ...(before ? ["`make test ARGS=--again` runs all of them again."] : []),
        "",
        `${sum(({ passed }) => passed)} passed, ${sum((result) => result.failed)} failed, ` +
            `${sum(({ skipped }) => skipped.length)} skipped`,
    ].join("\n");
}
