import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "chai";
import { deployedProxies, type StackExport } from "../../local/lab/deployedProxies";
import { gatewayIdentity, memberIdentity } from "../../local/lab/identities";
import { MeshLab } from "../../local/lab/MeshLab";
import { requireEnvoy } from "../support/envoy";
import { LocalEngine, SHOP, type RunOptions } from "../support/engine/LocalEngine";
import { until } from "../lab/support/traffic";

const examples = join(SHOP, "examples");
const pack = join(SHOP, "policies");
type Configuration = Record<string, unknown>;
type HandOver = Readonly<Record<string, unknown>> & { readonly fingerprint: string };

/** What a run changed, as its summary counts it. */
function changed(output: string): string {
    const [, summary = ""] = /Resources:\n([^]*?)\n\n/.exec(output) ?? [];
    return summary.replaceAll(/\s+/g, " ").trim();
}

function configurationOf(example: string): Configuration {
    return JSON.parse(readFileSync(join(examples, example, "policy-config.json"), "utf8")) as Configuration;
}

/** The two examples, deployed in the order in which two teams would, each under the policies. */
describe("Services and APIs of several stacks", () => {
    let platform: LocalEngine;
    let loyalty: LocalEngine;
    let outputs: Readonly<Record<"meshHandOver" | "apiHandOver", HandOver>>;

    function judged(engine: LocalEngine, configuration: Configuration): RunOptions {
        const file = join(engine.stateFolder, `${basename(engine.project)}-policies.json`);
        writeFileSync(file, JSON.stringify(configuration));
        return { args: ["--policy-pack", pack, "--policy-pack-config", file] };
    }

    /** With what is fixed of the platform, as somebody who lets a team join it would write it down. */
    function loyaltyConfiguration(change: Configuration = {}): Configuration {
        const { apiHandOver, meshHandOver } = outputs;
        const entry = {
            stack: "organization/platform/dev",
            fingerprints: [meshHandOver.fingerprint, apiHandOver.fingerprint],
            members: ["loyalty-service"],
        };
        return {
            ...configurationOf("loyalty"),
            "base-stack-references": { enforcementLevel: "mandatory", stacks: [{ ...entry, ...change }] },
        };
    }

    /** Before its API is published there is nothing that the entries for its plans are about. */
    function unpublished(configuration: Configuration): Configuration {
        return { ...configuration, "rate-limit": "mandatory", "gateway-private-integration": "mandatory" };
    }

    async function upped(engine: LocalEngine, options: RunOptions): Promise<string> {
        const result = await engine.up(options);
        expect(result.code, result.output).to.equal(0);
        return result.output;
    }

    const calling = { "platform:loyaltyStack": "organization/loyalty/dev" };
    const published = { "loyalty:published": "true" };

    before(async () => {
        platform = await LocalEngine.create(join(examples, "platform"), "dev");
        loyalty = await LocalEngine.beside(platform, join(examples, "loyalty"), "dev");
        await upped(
            platform,
            judged(platform, { ...configurationOf("platform"), "base-stack-references": "mandatory" }),
        );
        outputs = (await platform.outputs()) as typeof outputs;
    });
    after(() => {
        platform.remove();
    });

    it("are refused until somebody lets the team in", async () => {
        for (const [change, found] of [
            [
                { stack: "organization/other/dev" },
                'stack: found "organization/platform/dev"; required one of',
            ],
            [{ fingerprints: ["0".repeat(64)] }, "required the fingerprint of organization/platform/dev"],
            [
                { members: ["user-service"] },
                'name: found "loyalty-service"; required one of the listed members',
            ],
        ] as const) {
            const configuration = unpublished(loyaltyConfiguration(change));
            const { code, output } = await loyalty.preview(judged(loyalty, configuration));
            expect(code, output).not.to.equal(0);
            expect(output).to.contain(found);
        }
    });

    it("join, call and are called, and no deploy touches another team's resources", async () => {
        const mine = judged(loyalty, unpublished(loyaltyConfiguration()));
        const before = await platform.exportState();
        await upped(loyalty, mine);
        expect(await platform.exportState()).to.deep.equal(before);
        const theirs = await loyalty.exportState();
        expect(
            theirs
                .map(({ type }) => type)
                .filter((type) => /kms|privateDns|securityGroup|tls:|ssm/.test(type)),
        ).to.deep.equal([]);

        const called = { ...judged(platform, configurationOf("platform")), config: calling };
        const output = await upped(platform, called);
        expect(changed(output), output).to.match(/^~ \d updated \+-\d replaced/);
        expect(await loyalty.exportState()).to.deep.equal(theirs);

        await upped(loyalty, { ...judged(loyalty, loyaltyConfiguration()), config: published });
        const again = await platform.preview(called);
        expect(again.code, again.output).to.equal(0);
        expect(changed(again.output), again.output).to.match(/^\d+ unchanged$/);
    });

    it("hand over no secret", async () => {
        const text = JSON.stringify(outputs);
        expect(text).not.to.match(/PRIVATE KEY|password|secret[^s]/i);
        const keys = (await platform.exportState(true))
            .filter(({ type }) => type === "aws:apigateway/apiKey:ApiKey")
            .map(({ outputs: key }) => (key?.value as { readonly plaintext?: string }).plaintext ?? "");
        expect(keys).to.have.length(2);
        for (const key of keys) {
            expect(key).not.to.equal("");
            expect(text).not.to.contain(JSON.parse(key));
        }
    });

    it("reach each other through the real Envoy, as their owners declare, and nobody else does", async function () {
        const binary = await requireEnvoy(this);
        const resources = [...(await platform.exportState(true)), ...(await loyalty.exportState(true))];
        const deployed = { deployment: { resources } } as StackExport;
        const members = ["user-service", "loyalty-service", "order-service", "ingress"];
        const lab = await MeshLab.start(binary, deployedProxies(deployed), members, { network: 19 });
        const as = async (member: string, callee: string): Promise<number> =>
            (await lab.dial(callee, memberIdentity(lab.proxy(member)))).status;
        try {
            await until("order-service reaches loyalty-service", async () => {
                return (await lab.call("order-service", 9201)).status === 200;
            });
            await until("loyalty-service reaches user-service", async () => {
                return (await lab.call("loyalty-service", 9101, { path: "/users/1" })).status === 200;
            });
            // The owner of user-service lets loyalty-service read users, and do no more.
            const write = { path: "/users/1", method: "POST" };
            expect((await lab.call("loyalty-service", 9101, write)).status).to.equal(403);
            await until("the platform's ingress reaches loyalty-service", async () => {
                const headers = { "x-user-id": "ada", "x-consumer-id": "web" };
                const request = { path: "/v1/loyalty/points/ada", headers };
                return (await lab.dial("ingress", gatewayIdentity(deployed), request)).status === 200;
            });
            expect(await as("user-service", "loyalty-service")).to.equal(403);
            expect(await as("loyalty-service", "order-service")).to.equal(403);
        } finally {
            await lab.stop();
        }
    });
});
