import { join } from "node:path";
import type { Check } from "./check";
import { probeRun, type Means } from "./probeRun";
import { onlyInAws, playedWorld } from "./rehearsal/world";
import { summary } from "./report";
import type { VerifySettings } from "./settings";

const ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

/** Nobody's: emulated AWS takes any. */
const SETTINGS: VerifySettings = {
    accountId: "123456789012",
    region: "eu-central-1",
    domain: "api.verify.example",
    hostedZoneId: "Z0123456789ABC",
    images: {
        envoy: `${ECR}/envoy:v1.40.0`,
        collector: `${ECR}/aws-otel-collector:v0.47.0`,
        probe: `${ECR}/probe:1.0.0`,
    },
};
const ORIGINS = ["https://one.verify.example", "https://two.verify.example"] as const;

const NAME = "verify-rehearsal";

/**
 * The whole way without AWS: the question, the probe's own program on the real engine with emulated AWS, each check against a played one that
 * behaves as AWS's documentation says, and the end of it all. It shows that the checks run; of AWS it says nothing.
 */
export async function rehearse(
    chosen: readonly Check[],
    base: string,
    confirm: Means["confirm"],
): Promise<number> {
    const cannot = onlyInAws(chosen);
    const played = chosen.filter(({ entry }) => cannot.every((each) => each.entry !== entry));
    console.log("A rehearsal: nothing is spent, and nothing that it says of an account is so.");
    const run = { name: NAME, base, settings: SETTINGS, origins: ORIGINS, means: playedMeans(confirm) };
    const verdicts = await probeRun(run, played);
    if (verdicts === undefined) {
        return 1;
    }
    for (const { entry, why } of cannot) {
        console.log(`${String(entry).padStart(2)} ONLY IN AWS: ${why}`);
    }
    console.log(`Rehearsal, nothing of it is AWS's word: ${summary(verdicts)}, ${cannot.length} only in AWS`);
    return verdicts.some(({ finding }) => finding.holds === false) ? 1 : 0;
}

/** Emulated AWS under the real engine, and one that is played for the checks. */
export function playedMeans(confirm: Means["confirm"]): Means {
    const { accountId, region } = SETTINGS;
    return {
        aws: {
            account: () =>
                Promise.resolve({ accountId, arn: `arn:aws:sts::${accountId}:assumed-role/probe/rehearsal` }),
            accountNames: () => Promise.resolve(["trying-things"]),
        },
        engine: {
            executable: join(__dirname, "..", "..", "local", "pulumi"),
            environment: process.env,
            isRehearsal: true,
        },
        confirm,
        tell: console.log,
        warn: console.error,
        world: ({ name }, outputs) => {
            const target = {
                prefix: name,
                region,
                origins: ORIGINS,
                deployRole: undefined,
                limiter: undefined,
                migrating: undefined,
                privateCaArn: undefined,
                issuer: undefined,
            };
            return playedWorld({ target, outputs, flaws: new Set(), pem: "" });
        },
    };
}
