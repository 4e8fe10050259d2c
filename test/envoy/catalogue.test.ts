import { expect } from "chai";
import { ingressSpec, sidecarSpec } from "../../components/mesh/envoy/fromMesh";
import { ingressBootstrap } from "../../components/mesh/envoy/ingress";
import { sidecarBootstrap } from "../../components/mesh/envoy/sidecar";
import { resolveMesh } from "../../components/model/resolveMesh";
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
    const size = { memory: 160 };
    let envoy: string;
    let environment: Record<string, string>;

    before(async function () {
        this.timeout(180_000);
        envoy = await requireEnvoy(this);
        environment = await anyTlsEnvironment();
    });

    for (const name of serviceNames) {
        it(`accepts the sidecar of ${name} without a warning`, async () => {
            const bootstrap = sidecarBootstrap(sidecarSpec(mesh, name, applicationPort, size));
            expect(await validateBootstrap(envoy, bootstrap, environment)).to.equal("configuration '' OK\n");
        });
    }

    it("accepts the ingress without a warning", async () => {
        const rateLimit = { requestsPerMinute: 1000, burst: 100, tasks: 3, users: 100_000 };
        const bootstrap = ingressBootstrap(
            ingressSpec(mesh, { rateLimit, allowedOrigins: ["https://shop.example"], ...size }),
        );
        expect(await validateBootstrap(envoy, bootstrap, environment)).to.equal("configuration '' OK\n");
    });

    it("refuses a bootstrap with a field that Envoy does not know", async () => {
        const bootstrap = {
            ...sidecarBootstrap(sidecarSpec(mesh, "user-service", 8080, size)),
            unknown_field: 1,
        };
        const refused = await validateBootstrap(envoy, bootstrap, environment).catch((error: unknown) =>
            String(error),
        );
        expect(refused).to.contain("unknown_field");
    });
});
