import { expect } from "chai";
import { setTimeout as pause } from "node:timers/promises";
import { clientCertificateKey } from "../../local/providers/aws/clientCertificate";
import { deployedProxies, type DeployedProxy, type StackExport } from "../../local/lab/deployedProxies";
import { MeshLab, type ClientTls, type LabResponse } from "../../local/lab/MeshLab";
import { services } from "../../stacks/catalogue";
import { deployedStack } from "../support/engine/deployedShop";
import { requireEnvoy } from "../support/envoy";

const paymentPort = services["payment-service"].localPort;

/** A member's own certificate and key, as its task holds them. */
function identityOf({ environment }: DeployedProxy): ClientTls {
    const { MESH_CERTIFICATE: cert = "", MESH_PRIVATE_KEY: key = "" } = environment;
    return { cert, key };
}

describe("The deployed mesh, in real Envoys", () => {
    let lab: MeshLab;
    let gateway: ClientTls;

    before(async function () {
        const binary = await requireEnvoy(this);
        const stack = await deployedStack();
        const proxies = deployedProxies(stack);
        gateway = gatewayIdentity(proxies.get("ingress"), stack);
        lab = await MeshLab.start(binary, proxies, ["payment-service", "order-service", "ingress"]);
        await becomesReachable(() => lab.call("order-service", paymentPort, { path: "/ready" }));
    });

    after(async () => {
        await lab.stop();
    });

    it("carries a declared call, with the caller's identity from its certificate", async () => {
        const response = await lab.call("order-service", paymentPort, { path: "/charges" });
        expect(response.status).to.equal(200);
        const seen = lab.stub("payment-service").seen.at(-1);
        expect(seen?.path).to.equal("/charges");
        expect(seen?.headers["x-forwarded-client-cert"]).to.match(
            /^By=spiffe:\/\/shop\.internal\/payment-service;Hash=[0-9a-f]{64};URI=spiffe:\/\/shop\.internal\/order-service$/,
        );
    });

    it("refuses a member that the call graph does not declare", async () => {
        const response = await lab.dial("payment-service", identityOf(lab.proxy("search-service")));
        expect(response.status).to.equal(403);
        expect(response.headers["content-type"]).to.equal("application/problem+json");
        expect(JSON.parse(response.body)).to.deep.include({
            caller: "spiffe://shop.internal/search-service",
            callee: "payment-service",
        });
    });

    it("refuses plain text, and TLS without a certificate", async () => {
        expect(await refusal(lab.dialPlain("payment-service"))).to.match(/socket hang up|ECONNRESET/);
        expect(await refusal(lab.dial("payment-service", {}))).to.contain("certificate required");
    });

    it("takes from a request what could steer the proxies, so that no payment is repeated", async () => {
        const payment = lab.stub("payment-service");
        const before = payment.seen.length;
        payment.reply = { status: 503 };
        const headers = { "x-envoy-retry-on": "5xx", "x-envoy-max-retries": "5" };
        const response = await lab.call("order-service", paymentPort, {
            method: "POST",
            path: "/charges",
            headers,
        });
        payment.reply = { status: 200 };
        expect(response.status).to.equal(503);
        expect(payment.seen.length - before).to.equal(1);
        expect(payment.seen.at(-1)?.headers).not.to.have.any.keys(Object.keys(headers));
        await lab.call("order-service", paymentPort, { method: "POST", path: "/charges" });
    });

    it("believes the identity that a declared propagator passes on", async () => {
        await lab.call("order-service", paymentPort, { headers: { "x-user-id": "ada" } });
        expect(lab.stub("payment-service").seen.at(-1)?.headers["x-user-id"]).to.equal("ada");
    });

    it("lets API Gateway in by its certificate, and nobody without an identity", async () => {
        const path = "/v1/orders/v1/42?full=true";
        const passed = await lab.dial("ingress", gateway, {
            path,
            headers: { "x-user-id": "ada", authorization: "Bearer t" },
        });
        expect(passed.status).to.equal(200);
        const seen = lab.stub("order-service").seen.at(-1);
        expect(seen?.path).to.equal("/orders/v1/42?full=true");
        expect(seen?.headers["x-user-id"]).to.equal("ada");
        expect(seen?.headers).not.to.have.property("authorization");
        expect((await lab.dial("ingress", gateway, { path })).status).to.equal(403);
        const member = identityOf(lab.proxy("order-service"));
        expect(await refusal(lab.dial("ingress", member, { path }))).to.contain("unknown ca");
    });

    it("takes a body of 64 KiB whole, and answers 413 to a larger one before any service sees it", async () => {
        const order = lab.stub("order-service");
        const identity = { "x-user-id": "barbara", origin: "https://dev.shop.example" };
        const send = (bytes: number, more: Record<string, string>): Promise<LabResponse> =>
            lab.dial("ingress", gateway, {
                method: "POST",
                path: "/orders/v2/orders",
                headers: { ...identity, ...more },
                body: "x".repeat(bytes),
            });
        for (const framing of [{}, { "transfer-encoding": "chunked" }]) {
            const before = order.seen.length;
            expect((await send(65_536, framing)).status).to.equal(200);
            const refused = await send(65_537, framing);
            expect(refused.status).to.equal(413);
            expect(refused.headers).to.include({
                "content-type": "application/problem+json",
                "access-control-allow-origin": "https://dev.shop.example",
            });
            expect(JSON.parse(refused.body)).to.deep.equal({
                type: "about:blank",
                title: "The request body is too large",
                status: 413,
            });
            expect(order.seen.length).to.equal(before + 1);
        }
    });

    it("holds one user's limit without touching another's: ADR-003, \"Rate Limiting (1000 requests/minute per user)\"", async () => {
        const ask = (user: string): Promise<{ status: number }> =>
            lab.dial("ingress", gateway, { path: "/orders/v1/42", headers: { "x-user-id": user } });
        const begun = Date.now();
        const sent = 400;
        const statuses = await Promise.all(
            Array.from({ length: sent }, async () => (await ask("grace")).status),
        );
        const seconds = (Date.now() - begun) / 1000;
        const passed = statuses.filter((status) => status === 200).length;
        expect(statuses.filter((status) => status === 429).length).to.equal(sent - passed);
        // A burst of 100, and what is refilled while the handshakes take place.
        expect(passed).to.be.within(100, Math.min(sent - 1, 101 + (seconds * 1000) / 60));
        expect((await ask("linus")).status).to.equal(200);
    });

    it("opens the circuit after exactly 5 failures in a row, and fails fast", async () => {
        const payment = lab.stub("payment-service");
        const ejected = (): Promise<number> =>
            lab
                .envoy("order-service")
                .statistic("cluster.payment-service.outlier_detection.ejections_active");
        payment.reply = { status: 500 };
        const before = payment.seen.length;
        const statuses: number[] = [];
        const fail = async (times: number): Promise<void> => {
            for (let attempt = 0; attempt < times; attempt += 1) {
                const response = await lab.call("order-service", paymentPort, {
                    method: "POST",
                    path: "/charges",
                });
                statuses.push(response.status);
            }
        };
        await fail(4);
        expect(await ejected()).to.equal(0);
        await fail(1);
        // Envoy's main thread takes the instance out, as soon as a busy machine lets it.
        while ((await ejected()) === 0) {
            await pause(20);
        }
        await fail(3);
        expect(statuses).to.deep.equal([500, 500, 500, 500, 500, 503, 503, 503]);
        expect(payment.seen.length - before).to.equal(5);
        payment.reply = { status: 200 };
        expect((await lab.call("order-service", paymentPort)).status, "still open").to.equal(503);
    });
});

/** API Gateway's client certificate; its key is derived from its id by the emulated provider. */
function gatewayIdentity(ingress: DeployedProxy | undefined, { deployment }: StackExport): ClientTls {
    const type = "aws:apigateway/clientCertificate:ClientCertificate";
    const certificate = deployment.resources?.find((resource) => resource.type === type);
    if (ingress === undefined || certificate?.id === undefined) {
        throw new Error("the stack has no ingress or no client certificate");
    }
    return { cert: ingress.environment.GATEWAY_TRUST ?? "", key: clientCertificateKey(certificate.id) };
}

async function refusal(attempt: Promise<{ status: number }>): Promise<string> {
    return attempt.then(
        ({ status }) => `answered ${status}`,
        (error: unknown) => String(error),
    );
}

async function becomesReachable(call: () => Promise<{ status: number }>): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
        if ((await call().catch(() => undefined))?.status === 200) {
            return;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("payment-service did not become reachable from order-service");
}
