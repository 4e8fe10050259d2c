import { readFileSync } from "node:fs";
import { expect } from "chai";
import { allAlarms } from "../../components/observability/alarms/allAlarms";
import { defaultThresholds } from "../../components/observability/alarms/thresholds";
import { resolveObservability } from "../../components/observability/resolveObservability";
import { runbookEntries } from "../../components/observability/runbook";
import { observed, withLimiter } from "../components/observability/support";

const text = readFileSync("docs/runbook.md", "utf8");
const titles = [...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title ?? "");

/** What GitHub makes of a title. */
function anchorOf(title: string): string {
    return title
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, "")
        .replaceAll(" ", "-");
}

describe("docs/runbook.md", () => {
    const { compositeAlarms, metricAlarms } = allAlarms(withLimiter, defaultThresholds);
    const all = [...metricAlarms, ...compositeAlarms];

    it("has a section for each kind of alarm, and no other", () => {
        expect(titles.map(anchorOf)).to.deep.equal([...runbookEntries]);
        expect([...new Set(all.map(({ runbook }) => runbook))]).to.have.members([...runbookEntries]);
    });

    it("is where every alarm's description leads", () => {
        const { texts } = resolveObservability(withLimiter, {});
        for (const alarm of all) {
            const link = /docs\/runbook\.md#(\S+)$/.exec(texts.descriptionOf(alarm))?.[1];
            expect(titles.map(anchorOf), alarm.key).to.include(link);
        }
    });

    it("links within itself only to sections that it has", () => {
        for (const [, anchor] of text.matchAll(/\]\(#([^)]+)\)/g)) {
            expect(titles.map(anchorOf)).to.include(anchor);
        }
    });

    it("says of each alarm what to do: numbered steps, or where to go on", () => {
        for (const section of text.split(/^## /m).slice(1)) {
            expect(section, section.slice(0, 20)).to.match(/^1\. /m.test(section) ? /^1\. /m : /\]\(#/);
        }
    });

    it("names dashboards' titles and queries as they are", () => {
        const { dashboards } = resolveObservability(observed, {});
        const shown = JSON.stringify(dashboards.map(({ body }) => body));
        for (const title of ["Instances taken out", "Days that the first certificate lasts", "by reason"]) {
            expect(shown).to.contain(title);
        }
    });
});
