import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runEngine } from "./engine";
import { judge, Refusal, refuseUncommitted, refuseUnlessPassed, verdictsIn, type CiRun } from "./judge";
import { departures, describeOperation, driftOf, readPlan } from "./plan";
import { beyondRenewal } from "./renewal";

const CURRENT = "what the stack's state says";

/** The plan and every policy's verdict, for a reviewer and for the deploy that follows. */
export async function preview(run: CiRun): Promise<void> {
    await judge(run, CURRENT);
}

/** Deploys what was approved and nothing else: the plan is made again first, and has to be the same. */
export async function deploy(run: CiRun, approvedFile: string): Promise<void> {
    refuseUncommitted();
    const approved = readPlan(readFileSync(approvedFile, "utf8"));
    const now = await judge(run, CURRENT);
    const found = departures(approved, now);
    if (found.length > 0) {
        throw new Refusal(
            ["the plan is not the one that was approved; preview and approve again:", ...found].join("\n  "),
        );
    }
    await apply(run);
}

/** Renews certificates that are due; a plan with anything else in it is left for a deploy that somebody approves. */
export async function renew(run: CiRun): Promise<void> {
    refuseUncommitted();
    const { operations } = await judge(run, CURRENT);
    if (operations.length === 0) {
        console.log("no certificate is due");
        return;
    }
    const beyond = beyondRenewal(operations);
    if (beyond.length > 0) {
        const list = beyond.map(describeOperation);
        throw new Refusal(
            ["not deployed: more than certificates would change; deploy first:", ...list].join("\n  "),
        );
    }
    await apply(run);
}

/** Compares the state with what is there, and refuses where somebody has changed it by hand. Changes nothing. */
export async function drift(run: CiRun): Promise<void> {
    const { code, events } = await runEngine(run.engine, "drift", run.stack, run.environment);
    if (code !== 0) {
        throw new Refusal(`the engine ended with ${code}`);
    }
    const found = driftOf(events).map(describeOperation);
    const lines =
        found.length === 0
            ? [`\`${run.stack}\`: no drift.`]
            : [
                  `\`${run.stack}\`: ${found.length} resources differ from the state.`,
                  "",
                  "```text",
                  ...found,
                  "```",
              ];
    mkdirSync(run.out, { recursive: true });
    writeFileSync(join(run.out, "drift.md"), `${lines.join("\n")}\n`);
    if (found.length > 0) {
        throw new Refusal([`${found.length} resources differ from the state:`, ...found].join("\n  "));
    }
}

async function apply(run: CiRun): Promise<void> {
    const outcome = await runEngine(run.engine, "up", run.stack, run.environment);
    refuseUnlessPassed(outcome, verdictsIn(outcome));
}
