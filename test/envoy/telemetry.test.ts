import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";
import { entrypoint } from "../../components/mesh/envoy/entrypoint";
import { sidecarSpec } from "../../components/mesh/envoy/fromMesh";
import { sidecarBootstrap } from "../../components/mesh/envoy/sidecar";
import { collectorConfig } from "../../components/mesh/telemetry/collectorConfig";
import { spiffeId } from "../../components/model/mesh";
import { resolveMesh } from "../../components/model/resolveMesh";
import type { Bootstrap, DeployedProxy } from "../../local/lab/deployedProxies";
import { MeshLab } from "../../local/lab/MeshLab";
import { TestAuthority } from "../support/certificates";
import { CollectorProcess, requireCollector } from "../support/collector";
import type { Point } from "../support/collectorOutput";
import { requireEnvoy } from "../support/envoy";

const network = 40;
const [callee, caller] = ["cart", "web"] as const;
const addressOf = { cart: `127.77.${network}.10`, web: `127.77.${network}.11` };
const callsCart = 9002;
const { mesh } = resolveMesh({
    trustDomain: "shop.internal",
    services: { web: { localPort: 9001, calls: ["cart"] }, cart: { localPort: callsCart } },
});

/**
 * Real Envoys beside real collectors. What the collector's two exporters to AWS make of it is not proven here: see
 * docs/unproven.md.
 */
describe("What the mesh tells", () => {
    let lab: MeshLab;
    const collectors = new Map<string, CollectorProcess>();

    before(async function () {
        this.timeout(900_000);
        const [envoy, collector] = [await requireEnvoy(this), await requireCollector(this)];
        const authority = await TestAuthority.create("mesh");
        for (const member of [callee, caller]) {
            const settings = { region: "eu-central-1", namespace: "shop/mesh", memory: 96 };
            const config = collectorConfig({ member, entrance: "inbound", ...settings });
            collectors.set(member, await CollectorProcess.start(collector, config, addressOf[member]));
        }
        const proxies = new Map<string, DeployedProxy>();
        for (const member of [callee, caller]) {
            proxies.set(member, await deployed(member, authority));
        }
        lab = await MeshLab.start(envoy, proxies, [callee, caller], { network });
        await until("web reaches cart", async () => (await lab.call(caller, callsCart)).status === 200);
        await sleep(3000);
    });

    after(async () => {
        await (lab as MeshLab | undefined)?.stop();
        await Promise.all([...collectors.values()].map((collector) => collector.stop()));
    });

    it("counts requests, errors and how long they took, without health checks", async () => {
        const stub = lab.stub(callee);
        await times(20, () => lab.call(caller, callsCart, { path: "/carts/1" }));
        stub.next.push({ status: 500 }, { status: 503 }, { status: 500 });
        await times(3, () => lab.call(caller, callsCart, { method: "POST", path: "/carts" }));
        const seen = stub.seen.length;
        const isTold = (): Promise<boolean> => Promise.resolve(total(callee, "requests") === seen);
        await until("the requests are told", isTold);
        // Health checks come every 5 s: were they counted, they would be told by then.
        await sleep(12_000);
        expect(total(callee, "requests")).to.equal(seen);
        expect(total(callee, "errors")).to.equal(3);
        expect(total(callee, "latency")).to.be.at.least(seen);
        expect(dimensions(callee, "requests")).to.deep.equal([{ service: callee }]);
        expect(dimensions(callee, "errors")).to.deep.equal([{ service: callee }]);
    });

    it("counts retries and ejections for each edge", async () => {
        const stub = lab.stub(callee);
        stub.next.push({ status: 503 });
        expect((await lab.call(caller, callsCart)).status).to.equal(200);
        stub.next.push(...Array.from({ length: 5 }, () => ({ status: 500 })));
        await times(5, () => lab.call(caller, callsCart, { method: "POST" }));
        await until("the ejection is told", () => Promise.resolve(total(caller, "ejections") === 1));
        expect(total(caller, "retries")).to.be.at.least(1);
        for (const metric of ["retries", "ejections"]) {
            expect(dimensions(caller, metric), metric).to.deep.equal([{ service: caller, callee }]);
        }
    });

    it("counts handshakes that failed, and the days that certificates have left", async () => {
        await lab.dial(callee, {}).catch(() => undefined);
        await until("the failure is told", () => Promise.resolve(total(callee, "tlsFailures") >= 1));
        expect(dimensions(callee, "tlsFailures")).to.deep.equal([{ service: callee }]);
        // The test's certificates end within a day.
        const days = points(callee, "certificateDaysLeft").map(({ value }) => value);
        expect(new Set(days)).to.deep.equal(new Set([0]));
    });

    it("tells nothing else", () => {
        const names = new Set(
            [...collectors.values()].flatMap(({ told }) => told.points.map(({ metric }) => metric)),
        );
        const chosen = [
            "requests",
            "errors",
            "latency",
            "ejections",
            "retries",
            "tlsFailures",
            "callTlsFailures",
        ];
        expect([...chosen, "certificateDaysLeft"]).to.include.members([...names]);
    });

    it("traces a call through both proxies under one id, which access logs have too, and without query strings", async () => {
        const traceparent = "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01";
        const requestId = "91b61dea-4187-4841-9993-e49d6f1af431";
        // The breaker of the test before is open, so that this call goes straight to the callee.
        const identity = lab.proxy(caller).environment;
        const tls = { cert: identity.MESH_CERTIFICATE ?? "", key: identity.MESH_PRIVATE_KEY ?? "" };
        await lab.call(caller, callsCart, { path: "/carts/7?email=ada", headers: { traceparent } });
        await lab.dial(callee, tls, {
            path: "/carts/8?email=ada",
            headers: { traceparent, "x-request-id": requestId },
        });
        expect(lab.stub(callee).seen.at(-1)?.headers).to.deep.include({ "x-request-id": requestId });
        const trace = "5759e988bd862e3fe1be46a994272793";
        const spansOf = (member: string): readonly (string | undefined)[] =>
            (collectors.get(member)?.told.spans ?? [])
                .filter((span) => span.trace === trace)
                .map(({ attributes }) => attributes["http.target"]);
        await until("spans are told", () =>
            Promise.resolve(spansOf(callee).length > 0 && spansOf(caller).length > 0),
        );
        expect(spansOf(caller)).to.include("/carts/7");
        expect(spansOf(callee)).to.include("/carts/8");
        const told = JSON.stringify([...collectors.values()].map((collector) => collector.told.spans));
        expect(told).not.to.contain("email");
        expect(told).not.to.contain("http.url");
        // Envoy writes its access log every 10 seconds.
        const logged = (): Promise<boolean> =>
            Promise.resolve(lab.envoy(callee).output.includes(`"traceId":"${trace}"`));
        await until("the access log is written", logged);
    });

    function points(member: string, metric: string): readonly Point[] {
        return (collectors.get(member)?.told.points ?? []).filter((point) => point.metric === metric);
    }

    function total(member: string, metric: string): number {
        return points(member, metric).reduce((sum, { value }) => sum + value, 0);
    }

    /** Each combination that was told, once. */
    function dimensions(member: string, metric: string): readonly object[] {
        const texts = new Set(points(member, metric).map(({ attributes }) => JSON.stringify(attributes)));
        return [...texts].map((text) => JSON.parse(text) as object);
    }
});

/** As it would be deployed, but told every 2 seconds instead of every minute, and every request traced. */
async function deployed(member: "cart" | "web", authority: TestAuthority): Promise<DeployedProxy> {
    const size = { memory: 160, telemetry: { tracedPercent: 100 } };
    const bootstrap = {
        ...sidecarBootstrap(sidecarSpec(mesh, member, 8080, size)),
        stats_flush_interval: "2s",
    };
    return {
        member,
        bootstrap: bootstrap as unknown as Bootstrap,
        environment: await authority.environment(spiffeId("shop.internal", member)),
        entryPoint: entrypoint(1, 1),
        applicationPorts: [8080],
        applicationProtocol: "http1",
    };
}

async function times(count: number, act: () => Promise<unknown>): Promise<void> {
    for (let number = 0; number < count; number += 1) {
        await act();
    }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; !(await holds().catch(() => false)); attempt += 1) {
        if (attempt > 1800) {
            throw new Error(`not within three minutes: ${what}`);
        }
        await sleep(100);
    }
}
