import { setTimeout as pause } from "node:timers/promises";
import type { Aws } from "./aws";
import type { Check, Finding, Probe, ProbeTarget } from "./check";
import { json, type Ask } from "./http";
import type { Outputs } from "./outputs";

export interface Verdict {
    readonly check: Check;
    readonly finding: Finding;
}

export interface World {
    readonly ask: Ask;
    readonly aws: Aws;
    readonly outputs: Outputs;
    readonly settings: ProbeTarget;
    readonly environment: NodeJS.ProcessEnv;
    readonly redeploy: Probe["redeploy"];
    /** Between two looks, in milliseconds; 0 where everything is played and takes no time. */
    readonly interval: number;
    readonly now: () => Date;
}

/** Runs the checks one after another; one that throws says so, and the next goes on. */
export async function runChecks(
    checks: readonly Check[],
    world: World,
    tell: (verdict: Verdict) => void,
    interrupted: AbortSignal,
): Promise<readonly Verdict[]> {
    const probe = probeOf(world, interrupted);
    const verdicts: Verdict[] = [];
    for (const check of checks) {
        if (interrupted.aborted) {
            break;
        }
        const finding = await check.run(probe).catch((error: unknown) => ({
            holds: undefined,
            observed: `could not be asked: ${error instanceof Error ? error.message : String(error)}`,
        }));
        verdicts.push({ check, finding });
        tell({ check, finding });
    }
    return verdicts;
}

const MINUTE = 60_000;
/** Looks where nothing takes time. */
const PLAYED = 10;

function probeOf(world: World, interrupted: AbortSignal): Probe {
    const tokens = new Map<string, Promise<string>>();
    const until: Probe["until"] = async (minutes, look, done) => {
        const looks =
            world.interval === 0 ? PLAYED : Math.max(1, Math.ceil((minutes * MINUTE) / world.interval));
        let last = await look();
        for (let count = 1; count < looks && !done(last) && !interrupted.aborted; count += 1) {
            await pause(world.interval);
            last = await look();
        }
        return last;
    };
    return {
        ...world,
        until,
        token: (consumer) => {
            const asked = tokens.get(consumer) ?? tokenOf(world, consumer);
            tokens.set(consumer, asked);
            return asked;
        },
    };
}

/** Client credentials at the probe's own user pool. Source: Amazon Cognito, "The token issuer endpoint". */
async function tokenOf({ ask, outputs, settings }: World, consumer: string): Promise<string> {
    if (settings.issuer !== undefined) {
        return settings.issuerToken ?? "";
    }
    const id = outputs.clientIds[consumer] ?? "";
    const secret = outputs.clientSecrets[consumer] ?? "";
    const answer = await ask(
        `https://${settings.prefix}.auth.${settings.region}.amazoncognito.com/oauth2/token`,
        {
            method: "POST",
            headers: {
                authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
                "content-type": "application/x-www-form-urlencoded",
            },
            body: "grant_type=client_credentials",
        },
    );
    const { access_token: token } = (json(answer) ?? {}) as { access_token?: string };
    if (token === undefined) {
        throw new Error(`the user pool gave ${consumer} no token: ${answer.status}`);
    }
    return token;
}
