import { describeOperation, type Plan } from "./plan";
import type { Verdicts } from "./verdicts";

/** Characters of one section: GitHub takes 65,536 a comment, and two stacks with three sections each share one. */
const LONGEST = 9_000;

export interface Preview {
    readonly plan: Plan;
    readonly verdicts: Verdicts;
    /** Against what the plan was made, as the end of "compared with …". */
    readonly against: string;
    /** Why the engine refused besides the policies; absent where it did not. */
    readonly failure?: string;
}

/** What reviewers read: whether it may be deployed, every rule's verdict, and the plan. Names of properties, never values. */
export function comment({ plan, verdicts, against, failure }: Preview): string {
    const stopped = verdicts.rules.filter(({ verdict }) => verdict !== "passed");
    const found = stopped.flatMap(({ rule, violations }) => violations.map((each) => `${rule}: ${each}`));
    return [
        `## \`${plan.stack}\`: ${counted(plan)}`,
        "",
        headline(stopped.length, verdicts.rules.length, failure),
        "",
        `Commit \`${plan.commit}\`, compared with ${against}. Plan \`${plan.digest.slice(0, 12)}\`.`,
        "",
        "| policy | verdict |",
        "| --- | --- |",
        ...verdicts.rules.map(({ rule, verdict }) => `| \`${rule}\` | ${marked(verdict)} |`),
        "",
        ...section("What the policies found", found, true),
        ...section("In force, for a while", verdicts.advice, false),
        ...section("The plan", plan.operations.map(describeOperation), plan.operations.length <= 20),
    ].join("\n");
}

function headline(stopped: number, rules: number, failure: string | undefined): string {
    if (failure !== undefined) {
        return `**It may not be deployed: ${failure}.**`;
    }
    return stopped === 0
        ? `**It may be deployed: all ${rules} policies passed.**`
        : `**It may not be deployed: ${stopped} of ${rules} policies did not pass.**`;
}

function counted({ operations: all }: Plan): string {
    const ops = [...new Set(all.map(({ op }) => op))].sort();
    return ops.length === 0
        ? "nothing changes"
        : ops.map((op) => `${all.filter((each) => each.op === op).length} to ${op}`).join(", ");
}

function marked(verdict: string): string {
    return verdict === "passed" ? "passed" : `**${verdict}**`;
}

/** A fenced list: what is in it is text, whatever somebody named a resource. */
function section(title: string, lines: readonly string[], open: boolean): readonly string[] {
    if (lines.length === 0) {
        return [];
    }
    const text = withinLimit(lines).join("\n");
    const ticks = fence(text);
    return [
        `<details${open ? " open" : ""}><summary>${title} (${lines.length})</summary>`,
        "",
        `${ticks}text`,
        text,
        ticks,
        "</details>",
        "",
    ];
}

function withinLimit(lines: readonly string[]): readonly string[] {
    let left = LONGEST;
    const kept = lines.filter((line) => (left -= line.length + 1) >= 0);
    const more = lines.length - kept.length;
    return more === 0 ? kept : [...kept, `and ${more} more, in the job's log`];
}

/** Longer than any run of backticks in the text. */
function fence(text: string): string {
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    return "`".repeat(longest + 1);
}
