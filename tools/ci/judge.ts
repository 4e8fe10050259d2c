import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkConfiguration, type PackConfiguration } from "../../policies/checkConfiguration";
import { rules } from "../../policies/rules/all";
import { comment } from "./comment";
import { PACK, PACK_CONFIGURATION, runEngine, type EngineOutcome } from "./engine";
import { operationsOf, planOf, type Plan } from "./plan";
import { allPassed, verdictsOf, type Verdicts } from "./verdicts";

/** Why CI stops; shown without a stack trace. */
export class Refusal extends Error {}

/** How CI runs the engine, and where it writes what people and later jobs read. */
export interface CiRun {
    /** The engine's executable: `pulumi`, or `local/pulumi` for emulated providers. */
    readonly engine: string;
    readonly stack: string;
    /** Folder for `plan.json` and `comment.md`. */
    readonly out: string;
    readonly environment: NodeJS.ProcessEnv;
}

/** Previews under the pack, writes plan and comment, and refuses unless every rule passed. */
export async function judge(run: CiRun, against: string): Promise<Plan> {
    refuseWeakConfiguration();
    const outcome = await runEngine(run.engine, "preview", run.stack, run.environment);
    const verdicts = verdictsIn(outcome);
    const plan = planOf(run.stack, commit(), operationsOf(outcome.events));
    const failure = outcome.code === 0 || !allPassed(verdicts) ? undefined : "the preview failed";
    mkdirSync(run.out, { recursive: true });
    writeFileSync(join(run.out, "plan.json"), `${JSON.stringify(plan, null, 2)}\n`);
    const shown = { plan, verdicts, against, ...(failure === undefined ? {} : { failure }) };
    writeFileSync(join(run.out, "comment.md"), comment(shown));
    refuseUnlessPassed(outcome, verdicts);
    return plan;
}

/** A run counts only when the engine succeeded and the pack has judged, and passed, every rule that it has. */
export function refuseUnlessPassed({ code }: EngineOutcome, verdicts: Verdicts): void {
    const others = verdicts.rules.filter(({ verdict }) => verdict !== "passed");
    if (others.length > 0) {
        const list = others.map(({ rule, verdict }) => `${rule} (${verdict})`).join(", ");
        throw new Refusal(`${others.length} of ${verdicts.rules.length} policies did not pass: ${list}`);
    }
    if (code !== 0) {
        throw new Refusal(`the engine ended with ${code}`);
    }
}

export function verdictsIn({ events }: EngineOutcome): Verdicts {
    const names = rules.map(({ id }) => id);
    return verdictsOf(events, PACK, names);
}

/** The engine would take a misspelt rule, or one that is switched off, in silence. */
function refuseWeakConfiguration(): void {
    const configuration = JSON.parse(readFileSync(PACK_CONFIGURATION, "utf8")) as PackConfiguration;
    const found = checkConfiguration(configuration, rules);
    if (found.length > 0) {
        throw new Refusal([`${PACK_CONFIGURATION}:`, ...found].join("\n  "));
    }
}

/** A deploy is of a commit: what somebody changed since has been neither reviewed nor approved. */
export function refuseUncommitted(): void {
    const args = ["status", "--porcelain", "--untracked-files=no"];
    const changed = execFileSync("git", args, { encoding: "utf8" }).trim();
    if (changed !== "") {
        throw new Refusal(`there are changes that are not committed:\n${changed}`);
    }
}

/** What is checked out: the program and the pack come from the same commit. */
export function commit(): string {
    return execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();
}
