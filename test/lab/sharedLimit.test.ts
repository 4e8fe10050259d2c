import { expect } from "chai";
import * as https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { gatewayIdentity } from "../../local/lab/identities";
import type { Instance } from "../../local/lab/Instance";
import { deployedStoreUsers } from "../../local/lab/limiter/deployedStore";
import { StoreProcess } from "../../local/lab/limiter/StoreProcess";
import { MeshLab, type LabResponse } from "../../local/lab/MeshLab";
import { requireEnvoy } from "../support/envoy";
import { requireLimiter } from "../support/limiter";
import { deployLimiter } from "./support/limiterStack";
import { until } from "./support/traffic";

const network = 21;
const perMinute = 1000;
/** Each of the two ingress tasks holds half of the bucket: 50 at once, and 1000/60/2 a second. */
const share = { atOnce: 50, perSecond: perMinute / 60 / 2 };
/** A breaker opens after five failures in a row: fewer leave the limiter in use. */
const belowBreaker = 4;

describe("A limit that two ingress tasks share, as it was deployed", () => {
    let lab: MeshLab;
    let store: StoreProcess;
    /** Ends what was started, in the order in which it needs each other; empty where the suite was skipped. */
    const endings: (() => Promise<void>)[] = [];
    let sharing: readonly Instance[];
    let refusing: Instance;
    let ask: (ingress: Instance, user: string) => Promise<LabResponse>;

    before(async function () {
        const binary = await requireEnvoy(this);
        const tools = await requireLimiter(this);
        const { stack, proxies, refusingIngress } = await deployLimiter();
        store = await StoreProcess.start({
            binary: tools.store,
            host: `127.77.${network}.2`,
            users: deployedStoreUsers(stack),
        });
        endings.push(() => store.remove());
        lab = await MeshLab.start(binary, proxies, ["web", "user-limiter", "ingress"], {
            network,
            instances: { ingress: 2, "user-limiter": 2 },
            limiter: { binary: tools.limiter, store: store.at },
        });
        endings.push(() => lab.stop());
        sharing = lab.instances("ingress");
        [refusing] = (await lab.add("ingress", 1, refusingIngress)) as [Instance];
        const gateway = gatewayIdentity(stack);
        const agent = new https.Agent({
            keepAlive: true,
            maxSockets: 16,
            ...gateway,
            rejectUnauthorized: false,
        });
        ask = (ingress, user) =>
            lab.dialAt(ingress, gateway, { path: "/web/v1/1", headers: { "x-user-id": user }, agent });
        for (const ingress of [...sharing, refusing]) {
            await answered(ingress);
        }
    });

    after(async () => {
        for (const end of endings.reverse()) {
            await end();
        }
    });

    /** Until the ingress has the service and the limiter, and the limiter its store. */
    async function answered(ingress: Instance, withinSeconds = 120): Promise<void> {
        await until(`${ingress.address} is answered by the limiter`, withinSeconds, async () => {
            const { status, headers } = await ask(ingress, `probe-${ingress.address}`);
            return status === 200 && headers["x-ratelimit-limit"] !== undefined;
        });
    }

    it("lets 1,000 a minute of one user pass over both, tells the others when the next begins, and leaves another user alone", async () => {
        await withinOneMinute(25);
        const sent = 1400;
        const answers = await spread(sent, 100, (index) => ask(sharing[index % 2]!, "tenfold"));
        const bystander = await spread(40, 20, (index) => ask(sharing[index % 2]!, "bystander"));
        const passed = answers.filter(({ status }) => status === 200);
        expect(passed.length).to.be.within(perMinute - 1, perMinute + 1);
        expect(bystander.filter(({ status }) => status !== 200)).to.be.empty;
        const refused = answers.filter(({ status }) => status !== 200);
        expect(new Set(refused.map(({ status }) => status))).to.deep.equal(new Set([429]));
        const last = refused.at(-1)!;
        expect(Number(last.headers["retry-after"])).to.be.within(1, 60);
        expect(last.headers["content-type"]).to.equal("application/problem+json");
        expect(new Date().getSeconds() + Number(last.headers["retry-after"])).to.be.within(57, 66);
    });

    it("begins anew when its store is restarted; meanwhile requests are held by the share, or refused", async () => {
        await store.kill();
        const over = await ask(sharing[0]!, "tenfold");
        const atShare = await spread(belowBreaker, 10, () => ask(sharing[0]!, "fresh"));
        const refused = await spread(belowBreaker, 10, () => ask(refusing, "somebody"));
        await store.restart();
        expect(over.status, "limiters remember who is over the limit").to.equal(429);
        expect(atShare.map(({ status, headers }) => [status, headers["x-ratelimit-limit"]])).to.deep.equal(
            Array(belowBreaker).fill([200, undefined]),
        );
        expect(new Set(refused.map(({ status }) => status))).to.deep.equal(new Set([503]));
        for (const ingress of [...sharing, refusing]) {
            await answered(ingress);
        }
    });

    it("is each task's share while no limiter runs, or refuses; it is shared again when they are back", async () => {
        const limiters = lab.instances("user-limiter");
        await Promise.all(limiters.map((limiter) => limiter.limiter.kill()));
        const [atOnce, other] = await Promise.all([
            spread(200, 100, () => ask(sharing[0]!, "silent")),
            spread(20, 10, () => ask(sharing[1]!, "silent")),
        ]);
        const refused = await spread(10, 10, () => ask(refusing, "silent"));
        await Promise.all(limiters.map((limiter) => limiter.limiter.restart()));
        const passed = atOnce.filter(({ status }) => status === 200).length;
        expect(passed).to.be.within(share.atOnce, share.atOnce + 4 * share.perSecond);
        const late = atOnce.at(-1)!;
        expect([late.status, late.headers["retry-after"]]).to.deep.equal([429, "1"]);
        expect(other.filter(({ status }) => status !== 200)).to.be.empty;
        expect(new Set(refused.map(({ status }) => status))).to.deep.equal(new Set([503]));
        const counted = await sharing[0]!.envoy.statistic("cluster.web.ratelimit.error");
        expect(counted, "what the alarm counts").to.be.at.least(200);
        await Promise.all([...sharing, refusing].map((ingress) => answered(ingress)));
    });

    it("is asked by the ingress alone", async () => {
        const [limiter] = lab.instances("user-limiter");
        const identity = {
            cert: lab.proxy("web").environment.MESH_CERTIFICATE!,
            key: lab.proxy("web").environment.MESH_PRIVATE_KEY!,
        };
        const path = "/envoy.service.ratelimit.v3.RateLimitService/ShouldRateLimit";
        const answer = await lab.dialAt(limiter!, identity, { method: "POST", path });
        expect(answer.status).to.equal(403);
    });
});

/** Sends evenly, whatever became of the request before. */
async function spread(
    count: number,
    perSecond: number,
    send: (index: number) => Promise<LabResponse>,
): Promise<readonly LabResponse[]> {
    const begun = Date.now();
    const answers: Promise<LabResponse>[] = [];
    for (let index = 0; index < count; index += 1) {
        const early = begun + (index * 1000) / perSecond - Date.now();
        if (early > 0) {
            await sleep(early);
        }
        answers.push(send(index));
    }
    return Promise.all(answers);
}

/** Waits for the next minute where this one ends too soon. */
async function withinOneMinute(seconds: number): Promise<void> {
    const left = 60_000 - (Date.now() % 60_000);
    if (left < seconds * 1000) {
        await sleep(left + 50);
    }
}
