import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { awsSdk } from "./awsSdk";
import type { Check } from "./check";
import { ask } from "./http";
import { probeRun, type Means } from "./probeRun";
import { asMarkdown, summary } from "./report";
import type { VerifySettings } from "./settings";

const LOOK_EVERY = 15_000;

/** A whole run in the user's account; the report stays in `base`. Returns the exit code. */
export async function inAws(
    chosen: readonly Check[],
    settings: VerifySettings,
    base: string,
    confirm: Means["confirm"],
): Promise<number> {
    const { domain, region } = settings;
    const name = `verify-${randomBytes(3).toString("hex")}`;
    const origins = [`https://one.${domain}`, `https://two.${domain}`] as const;
    const means = meansInAws(settings, origins, confirm);
    const verdicts = await probeRun({ name, base, settings, origins, means }, chosen);
    if (verdicts === undefined) {
        return 1;
    }
    const file = join(base, `${name}.md`);
    mkdirSync(base, { recursive: true });
    const about = { account: settings.accountId, region, at: new Date().toISOString() };
    writeFileSync(file, asMarkdown(verdicts, about));
    console.log(`${summary(verdicts)}. Written to ${file}`);
    const complete = verdicts.length === chosen.length;
    return complete && verdicts.every(({ finding }) => finding.holds !== false) ? 0 : 1;
}

/** The user's own engine and credentials. */
export function meansInAws(
    settings: VerifySettings,
    origins: readonly [string, string],
    confirm: Means["confirm"],
): Means {
    const { deployRole, issuer, limiter, migrating, privateCaArn, region } = settings;
    const aws = awsSdk(region);
    return {
        aws,
        engine: { executable: "pulumi", environment: process.env },
        confirm,
        tell: console.log,
        warn: console.error,
        world: (deployment, outputs, interrupted) => ({
            ask,
            aws,
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
                issuerToken: process.env.VERIFY_ISSUER_TOKEN,
            },
            environment: process.env,
            redeploy: async (more) => {
                await deployment.up(origins, more, interrupted);
            },
            interval: LOOK_EVERY,
            now: () => new Date(),
        }),
    };
}
