import type { Aws } from "./aws";
import type { Check } from "./check";
import { Deployment, type EngineChoice } from "./deployment";
import { estimate } from "./estimate";
import type { Outputs } from "./outputs";
import { line } from "./report";
import { runChecks, type Verdict, type World } from "./run";
import { earlierRun, refusalOf, Refusal, type VerifySettings } from "./settings";
import { withProbe } from "./withProbe";

/** What a run works with: AWS, or one that is played; an engine; and somebody who is asked before anything is spent. */
export interface Means {
    readonly aws: Pick<Aws, "account" | "accountNames">;
    readonly engine: EngineChoice;
    readonly confirm: (question: string) => Promise<boolean>;
    /** What the checks look at, once the probe is there. */
    readonly world: (deployment: Deployment, outputs: Outputs, interrupted: AbortSignal) => World;
    readonly tell: (text: string) => void;
    /** What must not be overlooked, and is no result. */
    readonly warn: (text: string) => void;
}

export interface ProbeRun {
    readonly name: string;
    /** Folder with a folder of each run that has something to destroy. */
    readonly base: string;
    readonly settings: VerifySettings;
    readonly origins: readonly [string, string];
    readonly means: Means;
}

export const QUESTION = 'Deploy, ask and destroy? Only "yes" is taken: ';

/** Says what it costs, asks, deploys, checks, destroys. Undefined where the answer was no, and nothing was deployed. */
export async function probeRun(
    { base, means, name, origins, settings }: ProbeRun,
    chosen: readonly Check[],
): Promise<readonly Verdict[] | undefined> {
    const { accountId, arn } = await means.aws.account();
    const names = [arn.split(":").at(-1) ?? "", settings.domain, ...(await means.aws.accountNames())];
    const refusal = refusalOf(settings, { accountId, names });
    if (refusal !== undefined) {
        throw new Refusal(refusal);
    }
    means.tell(`${estimate().text}\nAccount ${accountId}, ${settings.region}, as ${arn}.`);
    if (!(await means.confirm(QUESTION))) {
        means.tell("Nothing was deployed.");
        return undefined;
    }
    const deployment = new Deployment(name, base, settings, means.engine);
    const use = (outputs: Outputs, interrupted: AbortSignal): Promise<readonly Verdict[]> => {
        const tell = (verdict: Verdict): void => {
            means.tell(line(verdict));
        };
        return runChecks(chosen, means.world(deployment, outputs, interrupted), tell, interrupted);
    };
    return withProbe(deployment, origins, use, means.warn);
}

/** Cleans up after a run that could not. In another account the engine would find nothing, take that for done, and forget what is left. */
export async function destroyRun(
    name: string,
    base: string,
    meansFor: (settings: VerifySettings) => Pick<Means, "aws" | "engine" | "tell">,
): Promise<void> {
    const settings = earlierRun(base, name);
    const { aws, engine, tell } = meansFor(settings);
    const { accountId } = await aws.account();
    if (accountId !== settings.accountId) {
        throw new Refusal(
            `${name} was deployed to account ${settings.accountId}, the credentials are for ${accountId}`,
        );
    }
    await new Deployment(name, base, settings, engine).destroy();
    tell(`${name} is destroyed.`);
}
