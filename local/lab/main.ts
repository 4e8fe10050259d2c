import { parseArgs } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { breakersOf } from "./breakers";
import { Console } from "./Console";
import { deployedProxies } from "./deployedProxies";
import { deployedEdges } from "./edges";
import { EnvoyUnavailable, envoyBinary } from "./envoyBinary";
import { exportStack } from "./exportStack";
import { labLimits } from "./limiter/labLimits";
import { LiveLab } from "./LiveLab";
import { MeshLab } from "./MeshLab";
import { LabUnavailable } from "./startFailure";
import { render } from "./view";

const refreshMs = 1000;
const settleMs = 12_000;

/** Starts every member of a deployed stack and shows them until it is told to stop. Returns the exit code. */
async function main(): Promise<number> {
    const { values } = parseArgs({
        options: {
            stack: { type: "string", default: "dev" },
            network: { type: "string", default: "0" },
            rate: { type: "string", default: "2" },
            seconds: { type: "string", default: "Infinity" },
        },
    });
    const end = new AbortController();
    // What is already started when this ends the process goes with it: see EnvoyProcess.
    const interrupted = (): never => process.exit(130);
    process.once("SIGINT", interrupted).once("SIGTERM", interrupted).once("SIGHUP", interrupted);

    const stack = await exportStack(values.stack);
    const proxies = deployedProxies(stack);
    console.log(`starting ${proxies.size} proxies of stack ${values.stack}`);
    const network = numberOf("network", values.network, 0, 255);
    const limits = await labLimits(stack, proxies, network);
    const options = { network, limiter: limits?.setup };
    const lab = await MeshLab.start(await envoyBinary(), proxies, [...proxies.keys()], options);
    await settled(lab);
    const live = new LiveLab(lab, deployedEdges(proxies), numberOf("rate", values.rate, 0, 1000));
    const stop = (): void => {
        end.abort();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
        process.off(signal, interrupted).once(signal, stop);
    }
    const screen = new Console((line) => {
        void live.obey(line).then((then) => {
            if (then === "quit") {
                stop();
            }
        });
    }, stop);
    const last = Date.now() + numberOf("seconds", values.seconds, 0, Infinity) * 1000;
    try {
        while (!end.signal.aborted && Date.now() < last) {
            screen.show(render(await live.snapshot()));
            await sleep(refreshMs, undefined, { signal: end.signal }).catch(() => undefined);
        }
    } finally {
        screen.close();
        await live.stop();
        await limits?.store.remove();
    }
    return 0;
}

/** Waits until every proxy has found the others, or the first requests would fail: at most two health check intervals. */
async function settled(lab: MeshLab): Promise<void> {
    const deadline = Date.now() + settleMs;
    while (Date.now() < deadline) {
        const breakers = await Promise.all(lab.all.map(({ envoy }) => breakersOf(envoy)));
        if (breakers.flat().every(({ instances, unhealthy }) => instances > 0 && unhealthy === 0)) {
            return;
        }
        await sleep(200);
    }
}

function numberOf(option: string, text: string, least: number, most: number): number {
    const value = Number(text);
    if (!(value >= least && value <= most)) {
        throw new LabUnavailable(`--${option} is "${text}"; use a number from ${least} to ${most}`);
    }
    return value;
}

main().then(
    (code) => process.exit(code),
    (error: unknown) => {
        const known = error instanceof LabUnavailable || error instanceof EnvoyUnavailable;
        console.error(known ? error.message : error);
        process.exit(1);
    },
);
