import * as https from "node:https";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { median, quantile } from "simple-statistics";
import type { DeployedProxy } from "../../local/lab/deployedProxies";
import { envoyBinary } from "../../local/lab/envoyBinary";
import { gatewayIdentity } from "../../local/lab/identities";
import type { Instance } from "../../local/lab/Instance";
import { deployedStoreUsers } from "../../local/lab/limiter/deployedStore";
import { limiterBinary } from "../../local/lab/limiter/limiterBinary";
import { storeBinary } from "../../local/lab/limiter/storeBinary";
import { StoreProcess } from "../../local/lab/limiter/StoreProcess";
import { MeshLab } from "../../local/lab/MeshLab";
import { deployLimiter } from "../../test/lab/support/limiterStack";
import { innermost, processorSeconds } from "./mesh/usage";

/** What asking the shared limiter adds to a request: one ingress that asks, beside the same one that does not. */

const network = 98;
const rounds = 7;
const secondsEach = 3;
const perSecond = 300;
const connections = 16;
/** So many that none comes to the limit. */
const users = 500;

interface Latency {
    readonly p50: number;
    readonly p99: number;
}

async function main(): Promise<void> {
    process.once("SIGINT", () => process.exit(130)).once("SIGTERM", () => process.exit(143));
    const { stack, proxies } = await deployLimiter();
    const store = await StoreProcess.start({
        binary: storeBinary(),
        host: `127.77.${network}.2`,
        users: deployedStoreUsers(stack),
    });
    const lab = await MeshLab.start(await envoyBinary(), proxies, ["web", "user-limiter", "ingress"], {
        network,
        limiter: { binary: await limiterBinary(), store: store.at },
    });
    try {
        const [asking] = lab.instances("ingress") as [Instance];
        const [alone] = (await lab.add("ingress", 1, withoutLimiter(lab.proxy("ingress")))) as [Instance];
        const [limiter] = lab.instances("user-limiter") as [Instance];
        const identity = gatewayIdentity(stack);
        const measure = async (ingress: Instance): Promise<Latency> => {
            const agent = new https.Agent({
                keepAlive: true,
                maxSockets: connections,
                ...identity,
                rejectUnauthorized: false,
            });
            const times = await load((user) => timed(lab, ingress, identity, user, agent));
            agent.destroy();
            return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
        };
        await sleep(8000);
        await measure(asking);
        await measure(alone);
        const pids = [innermost(limiter.envoy.pid), limiter.limiter.pid];
        const used = (): number => pids.reduce((sum, pid) => sum + processorSeconds(pid), 0);
        const measured: { asking: Latency[]; alone: Latency[] } = { asking: [], alone: [] };
        let seconds = 0;
        for (let round = 0; round < rounds; round += 1) {
            measured.alone.push(await measure(alone));
            const before = used();
            measured.asking.push(await measure(asking));
            seconds += used() - before;
        }
        for (const point of ["p50", "p99"] as const) {
            const of = (all: readonly Latency[]): number => median(all.map((latency) => latency[point]));
            const [asked, without] = [of(measured.asking), of(measured.alone)];
            console.log(
                `${point}: alone ${without.toFixed(2)} ms, asking ${asked.toFixed(2)} ms: ` +
                    `+${(asked - without).toFixed(2)} ms, ratio ${(asked / without).toFixed(2)}`,
            );
        }
        const answered = rounds * secondsEach * perSecond;
        console.log(
            `a limiter's task, with its sidecar: ${(answered / seconds).toFixed(0)} requests/s per core`,
        );
    } finally {
        await lab.stop();
        await store.remove();
    }
}

/** The same ingress with its share in force for every request, as it would be without a limiter. */
function withoutLimiter(proxy: DeployedProxy): DeployedProxy {
    const bootstrap = JSON.parse(JSON.stringify(proxy.bootstrap), (_, value: unknown) =>
        Array.isArray(value) ? value.flatMap(withoutAsking) : value,
    ) as DeployedProxy["bootstrap"];
    return { ...proxy, bootstrap };
}

function withoutAsking(filter: unknown): readonly unknown[] {
    const { name, typed_config: config } = (filter ?? {}) as {
        readonly name?: string;
        readonly typed_config?: { readonly extension_config?: unknown };
    };
    if (name === "envoy.filters.http.ratelimit") {
        return [];
    }
    return [config?.extension_config ?? filter];
}

/** Evenly; every request must have been answered 200. */
async function load(send: (user: string) => Promise<number>): Promise<readonly number[]> {
    const begun = performance.now();
    const sent: Promise<number>[] = [];
    for (let index = 0; index < secondsEach * perSecond; index += 1) {
        const early = begun + (index * 1000) / perSecond - performance.now();
        if (early > 0) {
            await sleep(early);
        }
        sent.push(send(`user-${index % users}`));
    }
    return Promise.all(sent);
}

async function timed(
    lab: MeshLab,
    ingress: Instance,
    identity: ReturnType<typeof gatewayIdentity>,
    user: string,
    agent: https.Agent,
): Promise<number> {
    const begun = performance.now();
    const headers = { "x-user-id": user };
    const { status } = await lab.dialAt(ingress, identity, { path: "/web/v1/1", headers, agent });
    if (status !== 200) {
        throw new Error(`${ingress.address} answered ${status}`);
    }
    return performance.now() - begun;
}

main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
});
