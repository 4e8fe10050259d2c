import { join } from "node:path";
import type { Check } from "./check";
import { Deployment } from "./deployment";
import { onlyInAws, playedWorld } from "./rehearsal/world";
import { line, summary } from "./report";
import { runChecks, type Verdict } from "./run";
import type { VerifySettings } from "./settings";
import { withProbe } from "./withProbe";

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

/**
 * The whole way without AWS: the probe's own program on the real engine with emulated AWS, each check against a played one that behaves as AWS's
 * documentation says, and the end of it all. It shows that the checks run; of AWS it says nothing.
 */
export async function rehearse(chosen: readonly Check[], base: string): Promise<number> {
    const executable = join(__dirname, "..", "..", "local", "pulumi");
    const deployment = new Deployment("verify-rehearsal", base, SETTINGS, {
        executable,
        environment: process.env,
    });
    return withProbe(deployment, ORIGINS, async (outputs, interrupted) => {
        const target = {
            prefix: deployment.name,
            region: SETTINGS.region,
            origins: ORIGINS,
            deployRole: undefined,
            limiter: undefined,
            migrating: undefined,
            privateCaArn: undefined,
            issuer: undefined,
        };
        const world = playedWorld({ target, outputs, flaws: new Set(), pem: "" });
        const cannot = new Map(onlyInAws(chosen).map(({ entry, why }) => [entry, why]));
        const played = chosen.filter(({ entry }) => !cannot.has(entry));
        const tell = (verdict: Verdict): void => {
            console.log(line(verdict));
        };
        const verdicts = await runChecks(played, world, tell, interrupted);
        for (const [entry, why] of cannot) {
            console.log(`${String(entry).padStart(2)} ONLY IN AWS: ${why}`);
        }
        console.log(
            `Rehearsal, nothing of it is AWS's word: ${summary(verdicts)}, ${cannot.size} only in AWS`,
        );
        return verdicts.some(({ finding }) => finding.holds === false) ? 1 : 0;
    });
}
