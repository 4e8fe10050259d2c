import { expect } from "chai";
import * as http from "node:http";
import type { Instance } from "../../local/lab/Instance";
import { memberIdentity } from "../../local/lab/identities";
import { MeshLab, type LabRequest, type LabResponse } from "../../local/lab/MeshLab";
import { requireEnvoy } from "../support/envoy";
import { services } from "./fixtures/versions/mesh";
import { callGrpc, type GrpcEnd } from "./support/clients";
import { stopLab } from "./support/deployed";
import { count, forget, seenBy, until } from "./support/traffic";
import { deployVersions, type VersionsStack } from "./support/versionsStack";

const portOf = (service: string): number => services(true)[service]!.localPort;
const post = { method: "POST" };
const everything = 5000;

describe("A deployed mesh with versions, narrowed callers and every protocol", () => {
    let lab: MeshLab;
    let stack: VersionsStack;
    let stable: readonly Instance[];
    let canary: Instance;
    let shadow: Instance;

    before(async function () {
        const binary = await requireEnvoy(this);
        stack = await deployVersions();
        const members = [
            "catalog",
            "catalog-canary",
            "catalog-shadow",
            "pay",
            "stock",
            "feed",
            "jobs",
            "web",
        ];
        const options = { network: 12, instances: { catalog: 2 } };
        lab = await MeshLab.start(binary, new Map(stack.after), members, options);
        stable = lab.instances("catalog");
        canary = lab.instances("catalog-canary")[0]!;
        shadow = lab.instances("catalog-shadow")[0]!;
        for (const [cluster, instances] of Object.entries({
            catalog: 2,
            "catalog-canary": 1,
            "catalog-shadow": 1,
            pay: 1,
            stock: 1,
            feed: 1,
        })) {
            await knows("web", cluster, instances);
        }
        await knows("jobs", "pay", 1);
    });

    after(async () => {
        await stopLab(lab);
    });

    beforeEach(() => {
        forget(lab.all.filter(({ stubs }) => stubs.length > 0));
    });

    async function knows(caller: string, cluster: string, instances: number): Promise<void> {
        await until(`${caller} knows ${instances} of ${cluster}`, async () => {
            const healthy = await lab.envoy(caller).statistic(`cluster.${cluster}.membership_healthy`);
            return healthy === instances;
        });
    }

    const ask = (service: string, request: LabRequest = {}, caller = "web"): Promise<LabResponse> =>
        lab.call(caller, portOf(service), request);

    async function load(total: number, concurrency: number, request: LabRequest): Promise<readonly number[]> {
        const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
        const statuses: number[] = [];
        let begun = 0;
        const worker = async (): Promise<void> => {
            while (begun < total) {
                begun += 1;
                statuses.push((await ask("catalog", { ...request, agent })).status);
            }
        };
        await Promise.all(Array.from({ length: concurrency }, worker));
        agent.destroy();
        return statuses;
    }

    describe("splits a service's requests", () => {
        it(`90 to 10, within 3 standard deviations over ${everything}`, async () => {
            const deviation = Math.sqrt(everything * 0.1 * 0.9);
            const split = async (): Promise<number> => {
                const seen = seenBy([canary, ...stable]);
                const statuses = await load(everything, 16, post);
                expect(count(statuses, 200)).to.equal(everything);
                const [toCanary = 0, ...toStable] = seenBy([canary, ...stable]).map(
                    (now, index) => now - (seen[index] ?? 0),
                );
                expect(toStable.reduce((sum, each) => sum + each, 0)).to.equal(everything - toCanary);
                return Math.abs(toCanary - everything * 0.1) / deviation;
            };
            // Chance leaves three deviations once in 370 times, and hardly twice in a row.
            const off = await split();
            expect(off <= 3 ? off : await split()).to.be.at.most(3);
            const [first = 0, second = 0] = seenBy(stable);
            expect(Math.abs(first - second), "round robin within a version").to.be.at.most(16);
            expect(seenBy([shadow]), "writes are not copied").to.deep.equal([0]);
        });

        it("and gives a tester's to the version that the header names", async () => {
            for (const method of ["GET", "POST"]) {
                const statuses = await load(50, 4, { method, headers: { "x-tester": "canary" } });
                expect(count(statuses, 200)).to.equal(50);
            }
            expect(seenBy([canary, ...stable])).to.deep.equal([100, 0, 0]);
            await load(200, 4, { ...post, headers: { "x-tester": "stable" } });
            expect(seenBy([canary])[0], "another value").to.be.below(160);
        });

        it("between tasks with one identity and keys of their own", async () => {
            await ask("catalog", { headers: { "x-tester": "canary" } });
            await ask("catalog", { headers: { "x-tester": "none" } });
            const certificates = canary.stub.seen[0]?.headers["x-forwarded-client-cert"];
            expect(certificates).to.match(/^By=spiffe:\/\/versions\.internal\/catalog;/);
            const keys = ["catalog", "catalog-canary", "catalog-shadow"].map(
                (name) => memberIdentity(lab.proxy(name)).key,
            );
            expect(new Set(keys).size).to.equal(3);
        });
    });

    describe("copies requests to a shadow", () => {
        const copied = (requests: number): Promise<void> =>
            until(`${requests} copies`, () => seenBy([shadow])[0] === requests);

        it("that are safe to repeat, and no others", async () => {
            expect(count(await load(200, 8, { path: "/items" }), 200)).to.equal(200);
            await copied(200);
            expect(seenBy([canary, ...stable]).reduce((sum, each) => sum + each)).to.equal(200);
            await load(20, 4, { ...post, path: "/items" });
            await ask("catalog", { ...post, path: "/quotes/1" });
            await copied(201);
            expect(shadow.stub.seen.at(-1)).to.deep.include({ method: "POST", path: "/quotes/1" });
        });

        it("whose answers nobody waits for", async () => {
            for (const reply of [{ status: 500 }, { status: 200, ending: "hang" as const }]) {
                shadow.stub.reply = reply;
                const begun = Date.now();
                expect(count(await load(30, 4, { path: "/items" }), 200)).to.equal(30);
                expect(Date.now() - begun).to.be.below(5000);
            }
            shadow.stub.reply = { status: 200 };
        });
    });

    describe("keeps versions apart", () => {
        it("by taking a failing one out after 5 failures, without touching the others", async () => {
            canary.stub.reply = { status: 500 };
            const statuses = await load(400, 1, post);
            expect(seenBy([canary])).to.deep.equal([5]);
            expect(count(statuses, 500)).to.equal(5);
            expect(count(statuses, 503), "its share fails fast").to.equal(400 - 5 - count(statuses, 200));
            expect(seenBy(stable).reduce((sum, each) => sum + each)).to.equal(count(statuses, 200));
        });
    });

    describe("lets a narrowed caller", () => {
        const answers: readonly (readonly [method: string, path: string, status: number])[] = [
            ["POST", "/charges", 200],
            ["POST", "/charges/42?now=true", 200],
            ["GET", "/receipts/7", 200],
            ["GET", "/charges", 403],
            ["DELETE", "/charges/42", 403],
            ["POST", "/charges-of-others", 403],
            ["POST", "/charges/../refunds", 403],
            ["POST", "/charges/%2e%2e/refunds", 403],
            ["POST", "/", 403],
            ["GET", "/healthz", 200],
        ];
        for (const [method, path, status] of answers) {
            it(`${status === 200 ? "send" : "not send"} ${method} ${path}`, async () => {
                expect((await ask("pay", { method, path })).status).to.equal(status);
                const dialled = await lab.dial("pay", memberIdentity(lab.proxy("web")), { method, path });
                expect(dialled.status, "past its own proxy").to.equal(status);
            });
        }

        it("know whom and what the refusal is about", async () => {
            const { headers, body } = await ask("pay", { path: "/refunds" });
            expect(headers["content-type"]).to.equal("application/problem+json");
            expect(JSON.parse(body)).to.deep.equal({
                type: "about:blank",
                title: "The mesh does not let this caller send this request",
                status: 403,
                caller: "spiffe://versions.internal/web",
                callee: "pay",
                detail: 'Declare the call, or what it may ask for, and deploy pay before its caller: docs/mesh.md, "A new call".',
            });
        });

        it("while others send everything", async () => {
            for (const path of ["/charges", "/refunds"]) {
                expect((await ask("pay", { method: "DELETE", path }, "jobs")).status).to.equal(200);
            }
        });
    });

    describe("believes an identity", () => {
        const identity = { "x-user-id": "ada", "x-consumer-id": "acme" };
        const seen = (): Readonly<http.IncomingHttpHeaders> => lab.stub("pay").seen.at(-1)?.headers ?? {};

        it("of a caller that propagates it", async () => {
            await ask("pay", { headers: identity }, "jobs");
            expect(seen()).to.deep.include(identity);
        });

        it("of nobody else, whatever the request says of its sender", async () => {
            await ask("pay", { ...post, path: "/charges", headers: identity });
            expect(seen()).not.to.have.any.keys(...Object.keys(identity));
            const forged = "By=spiffe://versions.internal/pay;Hash=00;URI=spiffe://versions.internal/jobs";
            const headers = { ...identity, "x-forwarded-client-cert": forged };
            await lab.dial("pay", memberIdentity(lab.proxy("web")), { ...post, path: "/charges", headers });
            expect(seen()).not.to.have.any.keys(...Object.keys(identity));
            expect(seen()["x-forwarded-client-cert"]).to.match(/;URI=spiffe:\/\/versions\.internal\/web$/);
            expect(lab.stub("pay").seen).to.have.length(2);
        });
    });

    describe("holds a caller", () => {
        it("to 4 connections and 3 waiting requests, and refuses the others at once", async () => {
            const stub = lab.stub("pay");
            let letGo = (): void => undefined;
            stub.reply = { status: 200, after: new Promise((resolve) => (letGo = resolve)) };
            const charge = async (): Promise<number> =>
                (await ask("pay", { ...post, path: "/charges" })).status;
            const waiting = "cluster.pay.upstream_rq_pending_active";
            const held: Promise<number>[] = [];
            // One after the other: a request that has a connection opened waits too.
            for (let connections = 1; connections <= 4; connections += 1) {
                held.push(charge());
                await until(`${connections} connections`, () => stub.seen.length === connections);
            }
            for (let requests = 1; requests <= 3; requests += 1) {
                held.push(charge());
                await until(
                    `${requests} waiting`,
                    async () => (await lab.envoy("web").statistic(waiting)) === requests,
                );
            }
            for (let refused = 0; refused < 5; refused += 1) {
                expect(await charge(), "while the others wait").to.equal(503);
            }
            expect(stub.seen).to.have.length(4);
            letGo();
            stub.reply = { status: 200 };
            expect(await Promise.all(held)).to.deep.equal(Array(7).fill(200));
        });

        it("away from an instance that fails often, although never 5 times in a row", async () => {
            const stub = lab.stub("pay");
            const ejections = async (why: string): Promise<number> =>
                lab.envoy("jobs").statistic(`cluster.pay.outlier_detection.ejections_enforced_${why}`);
            // Envoy reckons every 5 s, from 20 requests on.
            while ((await ejections("failure_percentage")) === 0) {
                expect(stub.seen.length, "it was not taken out").to.be.below(5000);
                for (const status of [500, 500, 500, 200]) {
                    stub.next.push({ status });
                    await ask("pay", post, "jobs");
                }
            }
            stub.next.length = 0;
            expect(await ejections("consecutive_5xx")).to.equal(0);
            const seen = stub.seen.length;
            expect(seen).to.be.at.least(20);
            expect((await ask("pay", {}, "jobs")).status).to.equal(503);
            expect(stub.seen).to.have.length(seen);
        });
    });

    describe("carries gRPC", () => {
        const callOf = async (path: string): Promise<GrpcEnd> =>
            callGrpc(lab.address("web"), portOf("stock"), path);
        const call = async (name: string): Promise<number> =>
            (await callOf(`/stock.v1.Stock/${name}`)).status;

        it("between a client and a service that speak nothing else", async () => {
            expect(await call("Reserve")).to.equal(0);
            expect(lab.stub("stock").seen[0]).to.deep.include({
                method: "POST",
                path: "/stock.v1.Stock/Reserve",
            });
        });

        it("of a narrowed caller, and tells it in gRPC what it may not ask for", async () => {
            const { status, message } = await callOf("/stock.v1.Admin/Clear");
            expect(status, "PERMISSION_DENIED").to.equal(7);
            expect(JSON.parse(message)).to.deep.include({
                caller: "spiffe://versions.internal/web",
                callee: "stock",
            });
            expect(lab.stub("stock").seen).to.be.empty;
        });

        it("and repeats a failed call only where that is declared safe", async () => {
            const stub = lab.stub("stock");
            stub.next.push({ status: 503 });
            expect(await call("GetLevel"), "safe").to.equal(0);
            expect(stub.seen).to.have.length(2);
            stub.next.push({ status: 503 });
            expect(await call("Reserve"), "not safe").to.equal(14);
            expect(stub.seen).to.have.length(3);
        });

        it("and opens the breaker after 5 failures, as gRPC tells them", async () => {
            const stub = lab.stub("stock");
            expect(await call("Reserve")).to.equal(0);
            stub.reply = { status: 503 };
            const statuses: number[] = [];
            for (let attempt = 0; attempt < 8; attempt += 1) {
                statuses.push(await call("Reserve"));
            }
            expect(statuses).to.deep.equal(Array<number>(8).fill(14));
            expect(stub.seen, "the first and 5 failures").to.have.length(6);
            expect(JSON.parse((await callOf("/stock.v1.Stock/Reserve")).message)).to.deep.include({
                title: "No instance of the callee is in use",
                callee: "stock",
            });
        });
    });

    describe("carries HTTP/2", () => {
        it("between a client and a service with prior knowledge", async () => {
            const answer = await lab.callHttp2("web", portOf("feed"), { path: "/entries" });
            expect(answer.status).to.equal(200);
            expect(lab.stub("feed").seen[0]?.path).to.equal("/entries");
        });
    });

    describe("meets a call whose callee was not deployed with it", () => {
        it("with a refusal that says so, at once", async () => {
            const old = stack.before.get("ledger")!;
            await lab.add("ledger", 1, old);
            await until("ledger refused the health check", () =>
                lab.envoy("ledger").output.includes("rbac_access_denied"),
            );
            expect(lab.envoy("ledger").output).to.contain("spiffe://versions.internal/web");
            const begun = Date.now();
            const { status, headers, body } = await ask("ledger");
            expect(Date.now() - begun).to.be.below(5000);
            expect(status).to.equal(503);
            expect(headers["content-type"]).to.equal("application/problem+json");
            expect(JSON.parse(body)).to.deep.include({ caller: "web", callee: "ledger" });
            expect(body).to.contain("does not let this caller in");
        });

        it("and loses no request while old and new instances of the callee stand side by side", async () => {
            const [renewed] = await lab.add("ledger");
            await knows("web", "ledger", 1);
            const statuses: number[] = [];
            for (let request = 0; request < 100; request += 1) {
                statuses.push((await ask("ledger", post)).status);
            }
            expect(count(statuses, 200)).to.equal(100);
            expect(seenBy([renewed!])).to.deep.equal([100]);
        });
    });
});
