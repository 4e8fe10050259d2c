import { expect } from "chai";
import { hasFailed, report } from "../../tools/check/summary";
import { chooseSteps, turnsOf, STEPS } from "../../tools/check/steps";

describe("the check runner", () => {
    const good = { name: "unit", seconds: 1.26, passed: 12, failed: 0, skipped: [] };
    const bad = { name: "envoy", seconds: 2, passed: 3, failed: 1, skipped: ["envoy: needs Python"] };

    it("ends with one line of counts, after what failed and what was skipped", () => {
        expect(report([good, bad])).to.equal(
            [
                "",
                "ok     unit (1.3 s)",
                "FAILED envoy (2.0 s)",
                "SKIPPED envoy: envoy: needs Python",
                "FAILED: envoy",
                "",
                "15 passed, 1 failed, 1 skipped",
            ].join("\n"),
        );
        expect(hasFailed([good, bad])).to.equal(true);
        expect(hasFailed([good])).to.equal(false);
    });

    it("runs lanes side by side, each step once, and in CI the lab after all others", () => {
        const names = (labAlone: boolean): string[][][] =>
            turnsOf(STEPS, labAlone).map((lanes) => lanes.map(({ steps }) => steps.map(({ name }) => name)));
        const quick = ["types", "lint", "format-check", "unit", "envoy"];
        const engine = ["engine set-up", "engine"];
        expect(names(false)).to.deep.equal([[quick, engine, ["mesh-lab"]]]);
        expect(names(true)).to.deep.equal([[quick, engine], [["mesh-lab"]]]);
    });

    it("lets the other lanes give way to a lab beside them, and nothing where there is none", () => {
        const giving = (names: readonly string[], labAlone: boolean): boolean[] =>
            turnsOf(chooseSteps(names), labAlone).flatMap((lanes) => lanes.map(({ givesWay }) => givesWay));
        expect(giving([], false)).to.deep.equal([true, true, false]);
        expect(giving([], true)).to.deep.equal([false, false, false]);
        expect(giving(["unit", "engine"], false)).to.deep.equal([false, false]);
    });

    it("runs everything unless steps are named, and then what they need first", () => {
        expect(chooseSteps([])).to.deep.equal(STEPS);
        expect(chooseSteps(["engine"]).map(({ name }) => name)).to.deep.equal(["engine set-up", "engine"]);
        expect(() => chooseSteps(["all"])).to.throw(
            '"all" is not a check; use types, lint, format-check, unit',
        );
    });
});
