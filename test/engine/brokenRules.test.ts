import { expect } from "chai";
import { UNDER_POLICIES } from "../support/engine/deployedShop";
import type { Edit } from "../support/engine/editedShop";
import type { EngineResult } from "../support/engine/EngineRun";
import { LocalEngine } from "../support/engine/LocalEngine";
import { smallShop, smallShopPolicies } from "../support/engine/smallShop";

const args = UNDER_POLICIES;

const broken: readonly (Edit & { readonly rule: string; readonly what: string; readonly says: string })[] = [
    {
        rule: "mesh-mtls",
        what: "callers need no certificate",
        file: "components/mesh/envoy/tls.ts",
        from: "require_client_certificate: true",
        to: "require_client_certificate: false",
        says: "require_client_certificate",
    },
    {
        rule: "mesh-circuit-breaker",
        what: "one instance in ten can be taken out",
        file: "components/mesh/envoy/cluster.ts",
        from: "max_ejection_percent: 100",
        to: "max_ejection_percent: 10",
        says: "max_ejection_percent",
    },
    {
        rule: "rate-limit",
        what: "the Web ACL allows five times as much",
        file: "components/gateway/webAcl.ts",
        from: "tooManyPerHeader(credentialHeader, perCredential)",
        to: "tooManyPerHeader(credentialHeader, 5 * perCredential)",
        says: "5000",
    },
];

describe("The policy pack on the real engine", () => {
    const whats = broken.map(({ what, rule }) => `${what} (${rule})`).join(", ");

    it(`stops a preview, and names each rule that it breaks: ${whats}`, async () => {
        const shop = smallShop(...broken);
        shop.add("stacks/policy-config.json", smallShopPolicies());
        const engine = await LocalEngine.create(shop.folder, "dev");
        try {
            const preview = await engine.preview({ args });
            for (const { rule, says } of broken) {
                expectStopped(preview, rule, says);
            }
        } finally {
            engine.remove();
            shop.remove();
        }
    });

    it("stops a deploy before anything is created", async () => {
        const shop = smallShop({
            file: "components/mesh/envoy/inbound.ts",
            from: "tls: meshServerTls(trustDomain),",
            to: "",
        });
        shop.add("stacks/policy-config.json", smallShopPolicies());
        const engine = await LocalEngine.create(shop.folder, "dev");
        try {
            const up = await engine.run(["up", "--yes", "--stack", "dev", ...args]);
            expectStopped(up, "mesh-mtls", "inbound");
            expect(await engine.exportState()).to.deep.equal([]);
        } finally {
            engine.remove();
            shop.remove();
        }
    });
});

function expectStopped({ code, output }: EngineResult, rule: string, says: string): void {
    expect(code, output).not.to.equal(0);
    expect(output, output).to.match(new RegExp(`\\[mandatory\\] .*  ${rule}  `));
    expect(output).to.contain(says);
}
