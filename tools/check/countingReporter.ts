import { writeFileSync } from "node:fs";
import Mocha from "mocha";

/** Mocha's dots and its list of failures, and the counts in the file that the option `counts` names. */
class CountingReporter extends Mocha.reporters.Dot {
    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
        super(runner, options);
        const { counts } = (options.reporterOptions ?? {}) as Record<string, string>;
        const skipped: string[] = [];
        runner.on("pending", (test) => skipped.push(test.fullTitle()));
        runner.once("end", () => {
            if (counts !== undefined) {
                const { passes, failures } = this.stats;
                writeFileSync(counts, JSON.stringify({ passed: passes, failed: failures, skipped }));
            }
        });
    }
}

export = CountingReporter;
