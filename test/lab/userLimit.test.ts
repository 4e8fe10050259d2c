import { expect } from "chai";
import * as https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { gatewayIdentity } from "../../local/lab/identities";
import type { MeshLab } from "../../local/lab/MeshLab";
import { deployedStack, startLab, stopLab } from "./support/deployed";
import { Edge } from "./support/traffic";

/** The whole three minutes in CI and where `LAB_FULL` is set; otherwise just over the minute that the limit speaks of. */
const { CI, LAB_FULL } = process.env;
const seconds = CI === undefined && LAB_FULL === undefined ? 66 : 180;
const perMinute = 1000;
const otherUsers = 10_000;

interface Answer {
    /** Milliseconds at which the request was sent. */
    readonly sentAt: number;
    readonly status: number;
    readonly retryAfter: string | undefined;
}

describe("The limit of 1000 requests a minute and user, at the deployed ingress", function () {
    this.timeout((seconds + 60) * 1000);
    let lab: MeshLab;
    let steady: readonly Answer[];
    let tenfold: readonly Answer[];
    let bystander: readonly Answer[];
    let others: readonly Answer[];
    let twofold: readonly number[];

    before(async function () {
        const gateway = gatewayIdentity(await deployedStack());
        lab = await startLab(this, ["order-service", "ingress"], { network: 10 });
        await new Edge(lab, "ingress", "order-service").knows(1);
        const agent = new https.Agent({
            keepAlive: true,
            maxSockets: 32,
            ...gateway,
            rejectUnauthorized: false,
        });
        const ask = async (user: string): Promise<Answer> => {
            const sentAt = Date.now();
            const headers = { "x-user-id": user };
            const answer = await lab.dial("ingress", gateway, { path: "/orders/v1/1", headers, agent });
            return { sentAt, status: answer.status, retryAfter: answer.headers["retry-after"] };
        };
        await Promise.all(Array.from({ length: 32 }, (_, index) => ask(`warm-${index}`)));
        const two = [
            { "x-user-id": ["twofold", "somebody"] },
            { "x-user-id": ["twofold", ""] },
            { "x-user-id": "twofold", "x-consumer-id": ["acme", "other"] },
            { "x-user-id": "twofold", "x-consumer-id": "acme" },
        ];
        const path = "/orders/v1/1";
        const told = await Promise.all(
            two.map((headers) => lab.dial("ingress", gateway, { path, headers, agent })),
        );
        twofold = told.map(({ status }) => status);
        const secondsForOthers = seconds - 6;
        [steady, tenfold, bystander, others] = await Promise.all([
            paced(perMinute / 60, seconds, () => ask("steady")),
            paced((10 * perMinute) / 60, seconds, () => ask("tenfold")),
            paced(2, seconds, () => ask("bystander")),
            paced(otherUsers / secondsForOthers, secondsForOthers, (index) => ask(`other-${index}`)),
        ]);
        agent.destroy();
    });

    after(async () => {
        await stopLab(lab);
    });

    it(`refuses nothing to a user at the limit for ${seconds} s`, () => {
        expect(steady).to.have.length.at.least(Math.floor((perMinute / 60) * seconds) - 1);
        expect(steady.filter(({ status }) => status !== 200)).to.be.empty;
    });

    it("lets at most 1,100 through in any 60 s to a user at ten times the limit", () => {
        expect(tenfold).to.have.length.at.least(9 * (perMinute / 60) * seconds);
        const passed = tenfold.filter(({ status }) => status === 200).map(({ sentAt }) => sentAt);
        const inWindow = (from: number): number =>
            passed.filter((sentAt) => sentAt >= from && sentAt < from + 60_000).length;
        expect(Math.max(...passed.map(inWindow))).to.be.within(1000, 1100);
    });

    it("answers a refused request with 429 and when to come back", () => {
        const refused = tenfold.filter(({ status }) => status !== 200);
        expect(refused).not.to.be.empty;
        expect(
            new Set(refused.map(({ status, retryAfter }) => `${status} ${retryAfter ?? ""}`)),
        ).to.deep.equal(new Set(["429 1"]));
    });

    it("leaves another user alone", () => {
        expect(bystander.filter(({ status }) => status !== 200)).to.be.empty;
    });

    it("lets nobody in who says two users or two consumers: counted for one, they would be believed for the other", () => {
        expect(twofold).to.deep.equal([403, 403, 403, 200]);
    });

    it("is not reset by 10,000 other users, who all pass", () => {
        expect(others).to.have.length.at.least(otherUsers - 1);
        expect(others.filter(({ status }) => status !== 200)).to.be.empty;
    });
});

/** Sends evenly, each request at its own moment, whatever became of the one before. */
async function paced(
    perSecond: number,
    forSeconds: number,
    ask: (index: number) => Promise<Answer>,
): Promise<readonly Answer[]> {
    const begun = Date.now();
    const answers: Promise<Answer>[] = [];
    for (let index = 0; index < perSecond * forSeconds; index += 1) {
        const due = begun + (index * 1000) / perSecond;
        const early = due - Date.now();
        if (early > 0) {
            await sleep(early);
        }
        answers.push(ask(index));
    }
    return Promise.all(answers);
}
