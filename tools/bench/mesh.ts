import { execFile } from "node:child_process";
import { cpus, loadavg, release, totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { median, quantile } from "simple-statistics";
import { deployedProxies } from "../../local/lab/deployedProxies";
import { deployedEdges } from "../../local/lab/edges";
import { EnvoyProcess } from "../../local/lab/EnvoyProcess";
import { envoyBinary } from "../../local/lab/envoyBinary";
import { exportStack } from "../../local/lab/exportStack";
import { MeshLab } from "../../local/lab/MeshLab";
import { adminPort, application, applicationAdminPort, plainProxy } from "./mesh/floor";
import { withoutTelemetry } from "./mesh/telemetry";
import { innermost, processorSeconds, residentMebibytes } from "./mesh/usage";

/** One hop of the deployed mesh, telemetry off, against a direct call and against the least that two Envoys can cost. */

const [caller, callee] = ["order-service", "payment-service"];
const network = 99;
const applicationPort = 8080;
const rounds = 5;
const secondsEach = 4;
const perSecond = 500;
const connectionCounts = [1, 16, 64];
/** What a hop may add to the 99th percentile, in milliseconds, and to the median as a multiple of what the plain pair adds. */
const aims = { addedP99: 1, timesFloorP50: 1.6 };

interface Latency {
    readonly p50: number;
    readonly p99: number;
}

type Way = "direct" | "mesh" | "floor";
const ways: readonly Way[] = ["direct", "mesh", "floor"];

async function main(): Promise<void> {
    // Ends what is started with it: see EnvoyProcess.
    process.once("SIGINT", () => process.exit(130)).once("SIGTERM", () => process.exit(143));
    const binary = await envoyBinary();
    const proxies = deployedProxies(await exportStack("dev"));
    const edge = deployedEdges(proxies).find((each) => each.caller === caller && each.callee === callee);
    if (edge === undefined) {
        throw new Error(`the stack has no call from ${caller} to ${callee}`);
    }
    // The application is a small Envoy, not the lab's stub: it answers faster and more evenly.
    const bare = new Map(
        [...proxies].map(([name, proxy]) => [name, { ...withoutTelemetry(proxy), applicationPorts: [] }]),
    );
    const lab = await MeshLab.start(binary, bare, [callee, caller], { network });
    const host = lab.address(callee);
    const plain = (bootstrap: object, at: string, port: number): Promise<EnvoyProcess> =>
        EnvoyProcess.start({ binary, bootstrap, environment: {}, admin: { host: at, port } });
    const service = { host, port: applicationPort };
    const [near, far] = [`127.77.${network}.201`, `127.77.${network}.202`];
    const extra = [
        await plain(application(service), host, applicationAdminPort),
        await plain(plainProxy(far, 8000, service), far, adminPort),
        await plain(plainProxy(near, 8000, { host: far, port: 8000 }), near, adminPort),
    ];
    const urls: Record<Way, string> = {
        direct: `http://${host}:${applicationPort}/`,
        mesh: `http://${lab.address(caller)}:${edge.localPort}/`,
        floor: `http://${near}:8000/`,
    };
    const pids = {
        mesh: [lab.envoy(caller), lab.envoy(callee)].map(({ pid }) => innermost(pid)),
        floor: extra.slice(1).map(({ pid }) => pid),
    };
    try {
        await answers(urls.mesh);
        console.log(machine());
        await latencies(urls);
        await costs(urls, pids);
    } finally {
        await Promise.all(extra.map((envoy) => envoy.stop()));
        await lab.stop();
    }
}

/** Until the caller's proxy has found the callee. */
async function answers(url: string): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
        if ((await fetch(url)).status === 200) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`${url} does not answer 200`);
}

async function latencies(urls: Record<Way, string>): Promise<void> {
    console.log(
        `\nAt ${perSecond} requests/s, medians of ${rounds} rounds, milliseconds added to a direct call; ` +
            `aims: mesh at most +${aims.addedP99} at p99, at most ${aims.timesFloorP50} times the floor at p50`,
    );
    for (const connections of connectionCounts) {
        const measured: Record<Way, Latency[]> = { direct: [], mesh: [], floor: [] };
        for (let round = 0; round < rounds; round += 1) {
            for (const way of ways) {
                const times = await load(urls[way], connections, perSecond);
                measured[way].push({ p50: quantile(times, 0.5), p99: quantile(times, 0.99) });
            }
        }
        for (const point of ["p50", "p99"] as const) {
            const of = (way: Way): number => median(measured[way].map((latency) => latency[point]));
            const [mesh, floor] = [of("mesh") - of("direct"), of("floor") - of("direct")];
            const isMet = point === "p99" ? mesh <= aims.addedP99 : mesh / floor <= aims.timesFloorP50;
            console.log(
                `${isMet ? "ok    " : "MISSED"} ${String(connections).padStart(2)} connections ${point}: direct ${of("direct").toFixed(3)}, ` +
                    `mesh +${mesh.toFixed(3)}, floor +${floor.toFixed(3)}, mesh/floor ${(mesh / floor).toFixed(2)}`,
            );
        }
    }
}

async function costs(urls: Record<Way, string>, pids: Record<"mesh" | "floor", number[]>): Promise<void> {
    const perCore: Record<string, number> = {};
    console.log("\nAs fast as it goes, 64 connections");
    for (const way of ["mesh", "floor"] as const) {
        const used = (): number => pids[way].reduce((sum, pid) => sum + processorSeconds(pid), 0);
        const before = used();
        const { length } = await load(urls[way], 64, 0);
        perCore[way] = length / (used() - before);
        const memory = Math.max(...pids[way].map(residentMebibytes));
        console.log(
            `${way}: ${(length / secondsEach).toFixed(0)} requests/s, ${perCore[way].toFixed(0)} requests/s per core ` +
                `of both proxies, ${memory.toFixed(0)} MiB in the larger proxy`,
        );
    }
    const { mesh = Number.NaN, floor = Number.NaN } = perCore;
    console.log(`mesh/floor, requests/s per core: ${(mesh / floor).toFixed(2)}`);
}

/** Milliseconds of each request; every one must have been answered 200. */
async function load(url: string, connections: number, rate: number): Promise<readonly number[]> {
    const script = join(__dirname, "mesh", "load.ts");
    const args = ["--import", "tsx", script, url, connections, secondsEach, rate].map(String);
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 256 * 1_048_576 });
    const { milliseconds, failed } = JSON.parse(stdout) as { milliseconds: number[]; failed: number };
    if (failed > 0 || milliseconds.length === 0) {
        throw new Error(`${url}: ${failed} of ${failed + milliseconds.length} requests failed`);
    }
    return milliseconds;
}

function machine(): string {
    const [first] = cpus();
    const memory = (totalmem() / 2 ** 30).toFixed(0);
    const busy = (loadavg()[0] ?? 0).toFixed(1);
    return `${cpus().length} × ${first?.model ?? "?"}, ${memory} GiB, Linux ${release()}, load average ${busy} at the start`;
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
});
