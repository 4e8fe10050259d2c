import { expect } from "chai";
import { ingressSpec, sidecarSpec } from "../../components/mesh/envoy/fromMesh";
import { ingressBootstrap } from "../../components/mesh/envoy/ingress";
import type { JsonObject } from "../../components/mesh/json";
import { sidecarBootstrap } from "../../components/mesh/envoy/sidecar";
import { bootstrapText } from "../../components/mesh/envoy/text";
import { resolveMesh } from "../../components/model/resolveMesh";
import type { Bootstrap } from "../../local/lab/deployedProxies";
import { EnvoyProcess } from "../../local/lab/EnvoyProcess";
import { onLoopback } from "../../local/lab/loopback";
import { applicationPort, serviceNames, services } from "../../stacks/catalogue";
import { anyTlsEnvironment } from "../support/certificates";
import { requireEnvoy, validateBootstrap } from "../support/envoy";

describe("The shop's bootstraps, read by the real Envoy", () => {
    const { mesh } = resolveMesh({
        trustDomain: "shop.internal",
        services,
        ingress: [
            { api: "orders", service: "order-service" },
            { api: "search", service: "search-service" },
        ],
    });
    const size = { memory: 160, telemetry: { tracedPercent: 5 } };
    let envoy: string;
    let environment: Record<string, string>;

    before(async function () {
        envoy = await requireEnvoy(this);
        environment = await anyTlsEnvironment();
    });

    for (const name of serviceNames) {
        it(`accepts the sidecar of ${name} without a warning`, async () => {
            const bootstrap = bootstrapText(sidecarBootstrap(sidecarSpec(mesh, name, applicationPort, size)));
            expect(await validateBootstrap(envoy, bootstrap, environment)).to.equal("configuration '' OK\n");
        });
    }

    it("accepts the ingress without a warning", async () => {
        const rateLimit = { requestsPerMinute: 1000, burst: 100, tasks: 3, users: 100_000 };
        const spec = ingressSpec(mesh, { rateLimit, allowedOrigins: ["https://shop.example"], ...size });
        const bootstrap = bootstrapText(ingressBootstrap(spec));
        expect(await validateBootstrap(envoy, bootstrap, environment)).to.equal("configuration '' OK\n");
    });

    for (const onFailure of ["local", "refuse"] as const) {
        it(`accepts the ingress that shares its limit without a warning: ${onFailure}`, async () => {
            const { mesh: sharing } = resolveMesh({
                trustDomain: "shop.internal",
                services,
                ingress: [{ api: "orders", service: "order-service" }],
                userLimiter: true,
            });
            const rateLimit = { requestsPerMinute: 1000, burst: 100, tasks: 3, users: 100_000 };
            const spec = ingressSpec(sharing, { rateLimit, allowedOrigins: [], ...size }, { onFailure });
            const bootstrap = bootstrapText(ingressBootstrap(spec));
            expect(await validateBootstrap(envoy, bootstrap, environment)).to.equal("configuration '' OK\n");
        });
    }

    it("refuses a bootstrap with a field that Envoy does not know", async () => {
        const bootstrap = bootstrapText({
            ...sidecarBootstrap(sidecarSpec(mesh, "user-service", 8080, size)),
            unknown_field: 1,
        });
        const refused = await validateBootstrap(envoy, bootstrap, environment).catch((error: unknown) =>
            String(error),
        );
        expect(refused).to.contain("unknown_field");
    });

    it("are the same to Envoy as YAML with aliases and as JSON", async () => {
        const host = "127.77.240.10";
        const bootstrap = sidecarBootstrap(sidecarSpec(mesh, "order-service", applicationPort, size));
        const closed = onLoopback(bootstrap as unknown as Bootstrap, { host }) as unknown as JsonObject;
        // Deployed proxies do not show their configuration.
        const local = { ...closed, admin: { address: (closed.admin as JsonObject).address ?? {} } };
        const understood = async (text: string): Promise<unknown> => {
            const admin = { host, port: 9901 };
            const process = await EnvoyProcess.start({ binary: envoy, bootstrap: text, environment, admin });
            const { body } = await process.admin("GET", "/config_dump");
            await process.stop();
            const { configs } = JSON.parse(body) as { configs: readonly { bootstrap?: object }[] };
            return configs.find((config) => config.bootstrap !== undefined)?.bootstrap;
        };
        const text = bootstrapText(local);
        expect(text).to.contain("outlier_detection: *");
        expect(await understood(text)).to.deep.equal(await understood(JSON.stringify(local)));
    });
});
