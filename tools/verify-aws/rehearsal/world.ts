import type { Check, ProbeTarget } from "../check";
import type { Outputs } from "../outputs";
import type { World } from "../run";
import { playedAws } from "./aws";
import { playedGateway, type Flaws } from "./gateway";
import { Records } from "./records";

/** A token with a subject, signed by nobody. */
const ISSUER_TOKEN = `h.${Buffer.from(JSON.stringify({ sub: "played-user" })).toString("base64url")}.s`;

export interface Played {
    readonly target: Omit<ProbeTarget, "issuerToken">;
    readonly outputs: Outputs;
    readonly flaws: Flaws;
    /** The certificate of the probe's parameter. */
    readonly pem: string;
}

/** Everything that answers a check, played: what AWS's documentation says, apart from the flaws. Waits for nothing. */
export function playedWorld({ flaws, outputs, pem, target }: Played): World {
    const records = new Records();
    const settings = { ...target, issuerToken: ISSUER_TOKEN };
    const aws = playedAws(settings, outputs, flaws, records, pem);
    return {
        ask: playedGateway(settings, outputs, flaws, records),
        aws,
        outputs,
        settings,
        environment: {
            ACTIONS_ID_TOKEN_REQUEST_URL: "https://github.example/token?v=1",
            ACTIONS_ID_TOKEN_REQUEST_TOKEN: "played",
        },
        redeploy: async () => {
            if (!flaws.has(10)) {
                await aws.restart(outputs.clusterArn, outputs.serviceArns.probe);
            }
        },
        interval: 0,
        now: () => new Date(),
    };
}

/** What a rehearsal says nothing of, and why. */
export function onlyInAws(
    checks: readonly Check[],
): readonly { readonly entry: number; readonly why: string }[] {
    return checks.flatMap(({ entry, notHere }) => (notHere === undefined ? [] : [{ entry, why: notHere }]));
}
