/** A test that failed, and why. */
export interface Failure {
    readonly title: string;
    readonly message: string;
}

/** What came of a step. */
export interface StepResult {
    readonly name: string;
    readonly seconds: number;
    readonly passed: number;
    /** At least one where the step failed, though no test may have. */
    readonly failed: number;
    readonly failures: readonly Failure[];
    /** Titles of the tests that did not run. */
    readonly skipped: readonly string[];
    /** When it passed on the same files, ISO 8601: it did not run again. */
    readonly passedAt?: string;
}

export function hasFailed(results: readonly StepResult[]): boolean {
    return results.some(({ failed }) => failed > 0);
}

/** Of a failed test's message: lines shown again at the end, where the whole of it may be thousands of lines above. */
const MESSAGE_LINES = 20;

/** A line a step, whatever was skipped, what failed and why, and last the line that CI reads. */
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
        ...failed.flatMap(({ name, failures }) => failures.flatMap((failure) => told(name, failure))),
        ...(failed.length === 0 ? [] : [`FAILED: ${failed.map(({ name }) => name).join(", ")}`]),
        ...(before ? ["`make test ARGS=--again` runs all of them again."] : []),
        "",
        `${sum(({ passed }) => passed)} passed, ${sum((result) => result.failed)} failed, ` +
            `${sum(({ skipped }) => skipped.length)} skipped`,
    ].join("\n");
}

function told(step: string, { title, message }: Failure): string[] {
    const lines = message.split("\n");
    const left = lines.length - MESSAGE_LINES;
    return [
        `FAILED ${step}: ${title}`,
        ...lines.slice(0, MESSAGE_LINES).map((line) => `    ${line}`),
        ...(left > 0 ? [`    … ${left} more lines above`] : []),
    ];
}
