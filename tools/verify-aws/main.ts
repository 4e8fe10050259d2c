import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { awsSdk } from "./awsSdk";
import { checks } from "./checks/all";
import { Deployment, settingsOf } from "./deployment";
import { estimate } from "./estimate";
import { ask } from "./http";
import { rehearse } from "./rehearse";
import { asMarkdown, line, summary } from "./report";
import { runChecks, type Verdict } from "./run";
import { withProbe } from "./withProbe";
import { readSettings, refusalOf, Refusal, type VerifySettings } from "./settings";

const ROOT = join(__dirname, "..", "..");
const RUNS = join(ROOT, ".local", "verify-aws");
const LOOK_EVERY = 15_000;

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
    if (values.rehearse) {
        return rehearse(chosen, RUNS);
    }
    if (values.destroy !== undefined) {
        const settings = settingsOf(RUNS, values.destroy);
        await new Deployment(values.destroy, RUNS, settings, onAws()).destroy();
        return 0;
    }
    return verify(chosen, readSettings(join(ROOT, "verify-aws.yaml")));
}

/** The user's own engine and credentials. */
function onAws(): ConstructorParameters<typeof Deployment>[3] {
    return { executable: "pulumi", environment: process.env };
}

async function verify(chosen: typeof checks, settings: VerifySettings): Promise<number> {
    const aws = awsSdk(settings.region);
    const { accountId, arn } = await aws.account();
    const refusal = refusalOf(settings, {
        accountId,
        names: [arn.split(":").at(-1) ?? "", settings.domain, ...(await aws.accountNames())],
    });
    if (refusal !== undefined) {
        throw new Refusal(refusal);
    }
    console.log(`${estimate().text}\nAccount ${accountId}, ${settings.region}, as ${arn}.`);
    if (!values.yes && !(await agreed())) {
        console.log("Nothing was deployed.");
        return 1;
    }
    return deployed(chosen, settings, accountId);
}

async function agreed(): Promise<boolean> {
    const asking = createInterface({ input: process.stdin, output: process.stdout });
    const said = await asking.question('Deploy, ask and destroy? Only "yes" is taken: ');
    asking.close();
    return said.trim() === "yes";
}

async function deployed(chosen: typeof checks, settings: VerifySettings, accountId: string): Promise<number> {
    const { deployRole, domain, issuer, limiter, migrating, privateCaArn, region } = settings;
    const deployment = new Deployment(`verify-${randomBytes(3).toString("hex")}`, RUNS, settings, onAws());
    const origins = [`https://one.${domain}`, `https://two.${domain}`] as const;
    const verdicts = await withProbe(deployment, origins, (outputs, interrupted) => {
        const issuerToken = process.env.VERIFY_ISSUER_TOKEN;
        const world = {
            ask,
            aws: awsSdk(region),
            outputs,
            settings: {
                prefix: deployment.name,
                region,
                origins,
                deployRole,
                limiter,
                migrating,
                privateCaArn,
                issuer,
                issuerToken,
            },
            environment: process.env,
            redeploy: async (more: Readonly<Record<string, string>>): Promise<void> => {
                await deployment.up(origins, more, interrupted);
            },
            interval: LOOK_EVERY,
            now: () => new Date(),
        };
        const tell = (verdict: Verdict): void => {
            console.log(line(verdict));
        };
        return runChecks(chosen, world, tell, interrupted);
    });
    const file = join(RUNS, `${deployment.name}.md`);
    mkdirSync(RUNS, { recursive: true });
    writeFileSync(file, asMarkdown(verdicts, { account: accountId, region, at: new Date().toISOString() }));
    console.log(`${summary(verdicts)}. Written to ${file}`);
    const complete = verdicts.length === chosen.length;
    return complete && verdicts.every(({ finding }) => finding.holds !== false) ? 0 : 1;
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
