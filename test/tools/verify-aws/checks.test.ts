import { expect } from "chai";
import { readFileSync } from "node:fs";
import type { Check, Finding } from "../../../tools/verify-aws/check";
import { checks } from "../../../tools/verify-aws/checks/all";
import { playedWorld } from "../../../tools/verify-aws/rehearsal/world";
import { runChecks } from "../../../tools/verify-aws/run";
import { outputs, probeCertificate, target } from "./support";

/** Which rows the page has, in its one table. */
function rows(): readonly number[] {
    const page = readFileSync("docs/unproven.md", "utf8").split("\n## ")[0] ?? "";
    return [...page.matchAll(/^\| (\d+) +\|/gm)].map(([, number]) => Number(number));
}

async function findingOf(check: Check, flaws: ReadonlySet<number>): Promise<Finding> {
    const spiffe = flaws.has(22)
        ? "spiffe://elsewhere/probe-service"
        : "spiffe://verify-played.internal/probe-service";
    const world = playedWorld({ target, outputs, flaws, pem: await probeCertificate(spiffe) });
    const [verdict] = await runChecks([check], world, () => undefined, new AbortController().signal);
    return verdict!.finding;
}

describe("The checks of make verify-aws", () => {
    it("are one for each row of docs/unproven.md", () => {
        expect(rows()).to.deep.equal(rows().map((_, index) => index + 1));
        expect(checks.map(({ entry }) => entry).sort((a, b) => a - b)).to.deep.equal(rows());
    });

    for (const check of checks.filter(({ entry }) => entry !== 18)) {
        it(`${check.entry}: see that ${check.title}, and see where it is not so`, async () => {
            const right = await findingOf(check, new Set());
            expect(right.holds, right.observed).to.equal(true);
            const wrong = await findingOf(check, new Set([check.entry]));
            expect(wrong.holds, wrong.observed).to.equal(false);
        });
    }

    it("18: ask a token of an issuer only where there is one", async () => {
        const check = checks.find(({ entry }) => entry === 18)!;
        expect((await findingOf(check, new Set())).observed).to.include("asked only with an `issuer`");
        for (const flaws of [new Set<number>(), new Set([18])]) {
            const issuer = { issuer: "https://id.example", audiences: ["shop"] };
            const world = playedWorld({ target: { ...target, issuer }, outputs, flaws, pem: "" });
            const [verdict] = await runChecks([check], world, () => undefined, new AbortController().signal);
            expect(verdict?.finding.holds, verdict?.finding.observed).to.equal(flaws.size === 0);
        }
    });

    it("go on after one that cannot be asked, and stop when interrupted", async () => {
        const broken: Check = { entry: 0, title: "", run: () => Promise.reject(new Error("no route")) };
        const world = playedWorld({ target, outputs, flaws: new Set(), pem: "" });
        const interrupt = new AbortController();
        const seen: string[] = [];
        const after = { ...broken, run: () => Promise.resolve({ holds: true, observed: "asked" }) };
        await runChecks(
            [broken, after, broken],
            world,
            ({ finding }) => {
                seen.push(finding.observed);
                if (finding.holds === true) {
                    interrupt.abort();
                }
            },
            interrupt.signal,
        );
        expect(seen).to.deep.equal(["could not be asked: no route", "asked"]);
    });
});
