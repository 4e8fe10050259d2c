import { join } from "node:path";
import { parseArgs } from "node:util";
import { checks } from "./checks/all";
import { confirmed } from "./confirm";
import { inAws, meansInAws } from "./inAws";
import { destroyRun, type Means } from "./probeRun";
import { playedMeans, rehearse } from "./rehearse";
import { readSettings, type VerifySettings } from "./settings";

const ROOT = join(__dirname, "..", "..");
const RUNS = join(ROOT, ".local", "verify-aws");

const HELP = `make verify-aws ARGS="…", with settings in verify-aws.yaml (docs/verify-aws.md)
  --yes            spend without asking
  --only 5,12      these rows of docs/unproven.md only
  --rehearse       without AWS: deploy to emulated AWS, and ask a played one
  --destroy NAME   clean up after a run that could not
  --list           what would be asked`;

const { values } = parseArgs({
    options: {
        yes: { type: "boolean", default: false },
        only: { type: "string" },
        rehearse: { type: "boolean", default: false },
        destroy: { type: "string" },
        list: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
    },
});

async function main(): Promise<number> {
    if (values.help) {
        console.log(HELP);
        return 0;
    }
    const rows = values.only?.split(",").map(Number);
    const chosen = checks.filter(({ entry }) => rows?.includes(entry) ?? true);
    if (values.list) {
        console.log(chosen.map(({ entry, title }) => `${String(entry).padStart(2)} ${title}`).join("\n"));
        return 0;
    }
    if (values.destroy !== undefined) {
        const meansFor = (settings: VerifySettings): Means =>
            values.rehearse ? playedMeans(confirm) : meansInAws(settings, ["", ""], confirm);
        await destroyRun(values.destroy, RUNS, meansFor);
        return 0;
    }
    return values.rehearse
        ? rehearse(chosen, RUNS, confirm)
        : inAws(chosen, readSettings(join(ROOT, "verify-aws.yaml")), RUNS, confirm);
}

async function confirm(question: string): Promise<boolean> {
    return values.yes || (await confirmed(question, process.stdin, process.stdout));
}

main().then(
    (code) => {
        process.exitCode ??= code;
    },
    (error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exitCode = 1;
    },
);
