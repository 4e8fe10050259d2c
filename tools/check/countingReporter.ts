import { writeFileSync } from "node:fs";
import Mocha from "mocha";

/** Mocha's dots and its list of failures, and what came of the tests in the file that the option `counts` names. */
class CountingReporter extends Mocha.reporters.Dot {
    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
        super(runner, options);
        const { counts } = (options.reporterOptions ?? {}) as Record<string, string>;
        const skipped: string[] = [];
        const failures: { title: string; message: string }[] = [];
        runner.on("pending", (test) => skipped.push(test.fullTitle()));
        runner.on("fail", (test, error: Error) =>
            failures.push({ title: test.fullTitle(), message: error.message }),
        );
        runner.once("end", () => {
            if (counts !== undefined) {
                writeFileSync(counts, JSON.stringify({ passed: this.stats.passes, failures, skipped }));
            }
        });
    }
}

export = CountingReporter;
