import { expect } from "chai";
import * as https from "node:https";
import { gatewayIdentity } from "../../local/lab/identities";
import type { Instance } from "../../local/lab/Instance";
import { deployedStoreUsers } from "../../local/lab/limiter/deployedStore";
import { StoreProcess } from "../../local/lab/limiter/StoreProcess";
import { MeshLab, type LabResponse } from "../../local/lab/MeshLab";
import { requireEnvoy } from "../support/envoy";
import { requireLimiter } from "../support/limiter";
import { deployLimiter } from "./support/limiterStack";
import { paced, withinOneMinute } from "./support/paced";
import { until } from "./support/traffic";

const network = 21;
const perMinute = 1000;
/** Each of the two ingress tasks holds half of the bucket: 50 at once, and 1000/60/2 a second. */
const share = { atOnce: 50, perSecond: perMinute / 60 / 2 };
/** A breaker opens after five failures in a row: fewer leave the limiter in use. */
const belowBreaker = 4;
const errors = "cluster.web.ratelimit.error";

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

    async function timed(index: number, user: string): Promise<TimedResponse> {
        const sentAt = Date.now();
        const answer = await ask(sharing[index % 2]!, user);
        return { ...answer, sentAt, answeredAt: Date.now() };
    }

    /** Requests of both ingress tasks so far for which the limiter gave no answer in time. */
    async function unanswered(): Promise<number> {
        const counts = await Promise.all(sharing.map(({ envoy }) => envoy.statistic(errors)));
        return counts.reduce((sum, each) => sum + each);
    }

    /** Until the ingress has the service and the limiter, and the limiter its store. */
    async function answered(ingress: Instance): Promise<void> {
        await until(`${ingress.address} is answered by the limiter`, async () => {
            const { status, headers } = await ask(ingress, `probe-${ingress.address}`);
            return status === 200 && headers["x-ratelimit-limit"] !== undefined;
        });
    }

    it("lets 1,000 a minute of one user pass over both, tells the others when the next begins, and leaves another user alone", async () => {
        const { answers, bystander } = await withinOneMinute(
            25,
            async (number) => {
                const before = await unanswered();
                const answers = await paced(100, 1400, (index) => timed(index, `tenfold-${number}`));
                const bystander = await paced(20, 40, (index) => timed(index, `bystander-${number}`));
                return { answers, bystander, unanswered: (await unanswered()) - before };
            },
            // Where the machine was so busy that the limiter did not answer in time, the share took its place.
            ({ unanswered }) => unanswered === 0,
        );
        const passed = answers.filter(({ status }) => status === 200);
        expect(passed.length).to.be.within(perMinute - 1, perMinute + 1);
        expect(bystander.filter(({ status }) => status !== 200)).to.be.empty;
        const refused = answers.filter(({ status }) => status !== 200);
        expect(new Set(refused.map(({ status }) => status))).to.deep.equal(new Set([429]));
        const { headers, sentAt, answeredAt } = refused.at(-1)!;
        const retryAfter = Number(headers["retry-after"]);
        expect(retryAfter).to.be.within(1, 60);
        expect(headers["content-type"]).to.equal("application/problem+json");
        expect(secondOf(sentAt) + retryAfter, "the next minute").to.be.at.most(61);
        expect(secondOf(answeredAt) + retryAfter, "the next minute").to.be.at.least(59);
    });

    it("begins anew when its store is restarted; meanwhile requests are held by the share, or refused", async () => {
        const over = await withinOneMinute(
            15,
            async (number) => {
                if (number > 0) {
                    await store.restart();
                }
                await Promise.all(sharing.map((ingress) => answered(ingress)));
                const user = `over-${number}`;
                const asked = await paced(200, 1100, (index) => ask(sharing[index % 2]!, user));
                await store.kill();
                return { before: asked.at(-1)!.status, after: (await ask(sharing[0]!, user)).status };
            },
            ({ before }) => before === 429,
        );
        const atShare = await paced(10, belowBreaker, () => ask(sharing[0]!, "fresh"));
        const refused = await paced(10, belowBreaker, () => ask(refusing, "somebody"));
        await store.restart();
        expect(over.after, "limiters remember who is over the limit").to.equal(429);
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
        const begun = Date.now();
        const [atOnce, other] = await Promise.all([
            paced(100, 200, () => ask(sharing[0]!, "silent")),
            paced(10, 20, () => ask(sharing[1]!, "silent")),
        ]);
        const took = (Date.now() - begun) / 1000;
        const refused = await paced(10, 10, () => ask(refusing, "silent"));
        await Promise.all(limiters.map((limiter) => limiter.limiter.restart()));
        const passed = atOnce.filter(({ status }) => status === 200).length;
        expect(passed).to.be.within(share.atOnce, share.atOnce + took * share.perSecond + 1);
        const late = atOnce.filter(({ status }) => status !== 200).at(-1)!;
        expect([late.status, late.headers["retry-after"]]).to.deep.equal([429, "1"]);
        expect(other.filter(({ status }) => status !== 200)).to.be.empty;
        expect(new Set(refused.map(({ status }) => status))).to.deep.equal(new Set([503]));
        const counted = await sharing[0]!.envoy.statistic(errors);
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

interface TimedResponse extends LabResponse {
    /** Milliseconds at which the request was sent and its answer was there. */
    readonly sentAt: number;
    readonly answeredAt: number;
}

const secondOf = (at: number): number => (at / 1000) % 60;
