import { expect } from "chai";
import { hasFailed, report } from "../../tools/check/summary";
import { chooseSteps, lanesOf, STEPS } from "../../tools/check/steps";

describe("the check runner", () => {
    const good = { name: "unit", seconds: 1.26, passed: 12, failed: 0, failures: [], skipped: [] };
    const bad = {
        name: "envoy",
        seconds: 2,
        passed: 3,
        failed: 1,
        failures: [
            { title: "bootstraps are taken by Envoy", message: "expected 1 to equal 0\nno such field" },
        ],
        skipped: ["envoy: needs Python"],
    };

    it("ends with one line of counts, after what failed and what was skipped", () => {
        expect(report([good, bad])).to.equal(
            [
                "",
                "ok     unit (1.3 s)",
                "FAILED envoy (2.0 s)",
                "SKIPPED envoy: envoy: needs Python",
                "FAILED envoy: bootstraps are taken by Envoy",
                "    expected 1 to equal 0",
                "    no such field",
                "FAILED: envoy",
                "",
                "15 passed, 1 failed, 1 skipped",
            ].join("\n"),
        );
        expect(hasFailed([good, bad])).to.equal(true);
        expect(hasFailed([good])).to.equal(false);
    });

    it("shows the beginning of a long message, and says how much is left", () => {
        const message = Array.from({ length: 23 }, (_, line) => `line ${line + 1}`).join("\n");
        const lines = report([{ ...bad, failures: [{ title: "a test", message }] }]).split("\n");
        const from = lines.indexOf("FAILED envoy: a test");
        expect(lines.slice(from + 20, from + 22)).to.deep.equal(["    line 20", "    … 3 more lines above"]);
    });

    it("tells what passed before on the same files, and how to run it again", () => {
        expect(report([{ ...good, passedAt: "2026-01-31T10:00:00.000Z" }])).to.equal(
            [
                "",
                "ok     unit (passed 2026-01-31T10:00:00.000Z on the same files)",
                "`make test ARGS=--again` runs all of them again.",
                "",
                "12 passed, 0 failed, 0 skipped",
            ].join("\n"),
        );
    });

    it("runs lanes side by side, each step once", () => {
        expect(lanesOf(STEPS).map(({ steps }) => steps.map(({ name }) => name))).to.deep.equal([
            ["types", "lint", "format-check", "unit", "envoy"],
            ["engine set-up", "engine"],
            ["mesh-lab"],
        ]);
    });

    it("lets the other lanes give way to the lab, and nothing where there is no lab", () => {
        const giving = (names: readonly string[]): boolean[] =>
            lanesOf(chooseSteps(names)).map(({ givesWay }) => givesWay);
        expect(giving([])).to.deep.equal([true, true, false]);
        expect(giving(["unit", "engine"])).to.deep.equal([false, false]);
    });

    it("runs everything unless steps are named, and then what they need first", () => {
        expect(chooseSteps([])).to.deep.equal(STEPS);
        expect(chooseSteps(["engine"]).map(({ name }) => name)).to.deep.equal(["engine set-up", "engine"]);
        expect(() => chooseSteps(["all"])).to.throw(
            '"all" is not a check; use types, lint, format-check, unit',
        );
    });
});
