import { expect } from "chai";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as https from "node:https";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { bootstrapVariable, entrypoint } from "../../components/mesh/envoy/entrypoint";
import { sidecarSpec } from "../../components/mesh/envoy/fromMesh";
import { sidecarBootstrap } from "../../components/mesh/envoy/sidecar";
import { healthScript } from "../../components/mesh/proxyScripts";
import { spiffeId } from "../../components/model/mesh";
import { resolveMesh } from "../../components/model/resolveMesh";
import type { Bootstrap } from "../../local/lab/deployedProxies";
import { onLoopback } from "../../local/lab/loopback";
import { StubService } from "../../local/lab/StubService";
import { TestAuthority, type PemPair } from "../support/certificates";
import { requireEnvoy } from "../support/envoy";

const host = "127.0.0.1";
const applicationPort = 18080;
const drainSeconds = 10;

describe("A sidecar that is told to stop", () => {
    let proxy: ChildProcess;
    let stub: StubService;
    let caller: PemPair;
    let environment: Record<string, string>;

    before(async function () {
        const binary = await requireEnvoy(this);
        const authority = await TestAuthority.create("mesh");
        const services = { web: { localPort: 9001, calls: ["cart"] }, cart: { localPort: 9002 } };
        const { mesh } = resolveMesh({ trustDomain: "shop.internal", services });
        const bootstrap = sidecarBootstrap(sidecarSpec(mesh, "cart", applicationPort, { memory: 160 }));
        const local = onLoopback(bootstrap as unknown as Bootstrap, { host });
        caller = await authority.issue(spiffeId("shop.internal", "web"));
        environment = {
            ...(await authority.environment(spiffeId("shop.internal", "cart"))),
            [bootstrapVariable]: JSON.stringify(local),
            PATH: `${dirname(binary)}:${process.env.PATH ?? ""}`,
        };
        stub = await StubService.start(host, applicationPort);
        proxy = spawn("/bin/bash", ["-c", entrypoint(drainSeconds, 1)], {
            env: environment,
            stdio: "ignore",
        });
        await becomesHealthy();
    });

    after(async () => {
        if (proxy.exitCode === null && proxy.signalCode === null) {
            const ended = once(proxy, "exit");
            proxy.kill("SIGTERM");
            await ended;
        }
        await stub.stop();
    });

    it("finishes what it has begun, fails its health check at once, and then ends", async () => {
        stub.reply = { status: 200, delayMs: 2000 };
        const inFlight = Array.from({ length: 10 }, () => request("/slow"));
        await sleep(500);
        const begun = Date.now();
        const ended = once(proxy, "exit");
        proxy.kill("SIGTERM");
        await sleep(500);
        expect(await request("/healthz"), "health check while draining").to.equal(503);
        expect(await request("/still-served"), "a request that came late").to.equal(200);
        expect(await Promise.all(inFlight)).to.deep.equal(Array<number>(10).fill(200));
        const [code] = (await ended) as [number | null];
        const seconds = (Date.now() - begun) / 1000;
        expect(code).to.equal(0);
        expect(seconds).to.be.within(drainSeconds, drainSeconds + 20);
    });

    it("is unhealthy to ECS once it has ended", async () => {
        expect(await healthy()).to.equal(false);
    });

    async function becomesHealthy(): Promise<void> {
        for (let attempt = 0; attempt < 1200; attempt += 1) {
            if (await healthy()) {
                return;
            }
            await sleep(100);
        }
        throw new Error("the sidecar did not become healthy");
    }

    /** The container's own health check. */
    async function healthy(): Promise<boolean> {
        const script = healthScript({ port: applicationPort, path: "/healthz" });
        const check = spawn("/bin/bash", ["-c", script], { stdio: "ignore" });
        const [code] = (await once(check, "exit")) as [number | null];
        return code === 0;
    }

    async function request(path: string): Promise<number> {
        return new Promise((resolve, reject) => {
            const tls = { cert: caller.certificate, key: caller.privateKey, rejectUnauthorized: false };
            https
                .get({ host, port: 15443, path, agent: false, ...tls }, (response) => {
                    response.resume();
                    response.on("end", () => {
                        resolve(response.statusCode ?? 0);
                    });
                })
                .on("error", reject);
        });
    }
});
