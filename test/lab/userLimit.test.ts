import { expect } from "chai";
import * as https from "node:https";
import { gatewayIdentity } from "../../local/lab/identities";
import type { MeshLab } from "../../local/lab/MeshLab";
import { deployedStack, startLab, stopLab } from "./support/deployed";
import { paced } from "./support/paced";
import { Edge } from "./support/traffic";

/** The whole three minutes in CI and where `LAB_FULL` is set; otherwise just over the minute that the limit speaks of. */
const { CI, LAB_FULL } = process.env;
const seconds = CI === undefined && LAB_FULL === undefined ? 66 : 180;
const perMinute = 1000;
const otherUsers = 10_000;
/** What somebody sends who asks so often in a minute. */
const requestsOf = (aMinute: number): number => Math.floor((aMinute / 60) * seconds);

interface Answer {
    /** Milliseconds at which the request was sent and its answer was there: in between the ingress decided. */
    readonly sentAt: number;
    readonly answeredAt: number;
    readonly status: number;
    readonly retryAfter: string | undefined;
}

describe("The limit of 1000 requests a minute and user, at the deployed ingress", () => {
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
        const agentOf = (maxSockets: number): https.Agent =>
            new https.Agent({ keepAlive: true, maxSockets, ...gateway, rejectUnauthorized: false });
        const agent = agentOf(32);
        // Nobody else's requests are to hold up those of the user at the limit, and let them go all at once.
        const ownAgent = agentOf(Infinity);
        const ask = async (user: string, through = agent): Promise<Answer> => {
            const sentAt = Date.now();
            const headers = { "x-user-id": user };
            const request = { path: "/orders/v1/1", headers, agent: through };
            const answer = await lab.dial("ingress", gateway, request);
            const retryAfter = answer.headers["retry-after"];
            return { sentAt, answeredAt: Date.now(), status: answer.status, retryAfter };
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
            paced(perMinute / 60, requestsOf(perMinute), () => ask("steady", ownAgent)),
            paced((10 * perMinute) / 60, requestsOf(10 * perMinute), () => ask("tenfold")),
            paced(2, 2 * seconds, () => ask("bystander")),
            paced(otherUsers / secondsForOthers, otherUsers, (index) => ask(`other-${index}`)),
        ]);
        agent.destroy();
        ownAgent.destroy();
    });

    after(async () => {
        await stopLab(lab);
    });

    it(`refuses nothing to a user at the limit for ${seconds} s`, () => {
        expect(steady).to.have.length(requestsOf(perMinute));
        expect(steady.filter(({ status }) => status !== 200)).to.be.empty;
    });

    it("lets at most 1,100 through in any 60 s to a user at ten times the limit", () => {
        const passed = tenfold.filter(({ status }) => status === 200);
        const most = (isWithin: (answer: Answer, from: number, to: number) => boolean): number =>
            Math.max(
                ...passed.map(
                    ({ sentAt: from }) => passed.filter((each) => isWithin(each, from, from + 60_000)).length,
                ),
            );
        const decided = most(({ sentAt, answeredAt }, from, to) => sentAt >= from && answeredAt <= to);
        expect(decided, "decided within 60 s").to.be.at.most(1100);
        const sent = most(({ sentAt }, from, to) => sentAt >= from && sentAt <= to);
        expect(sent, "sent within 60 s").to.be.at.least(1000);
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
        expect(others).to.have.length(otherUsers);
        expect(others.filter(({ status }) => status !== 200)).to.be.empty;
    });
});
