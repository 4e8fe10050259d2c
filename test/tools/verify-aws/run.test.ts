import { expect } from "chai";
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { call, seenBy } from "../../../tools/verify-aws/calls";
import { costs, estimate } from "../../../tools/verify-aws/estimate";
import { ask } from "../../../tools/verify-aws/http";
import { playedWorld } from "../../../tools/verify-aws/rehearsal/world";
import { asMarkdown } from "../../../tools/verify-aws/report";
import { refusalOf, type VerifySettings } from "../../../tools/verify-aws/settings";
import { outputs, target } from "./support";

const settings = { accountId: "123456789012" } as VerifySettings;

describe("make verify-aws", () => {
    it("refuses another account, and whatever calls itself production", () => {
        const refused = (accountId: string, ...names: string[]): string | undefined =>
            refusalOf(settings, { accountId, names });
        expect(refused("123456789012", "assumed-role/developer/me", "trying-things")).to.equal(undefined);
        expect(refused("123456789012", "products-sandbox")).to.equal(undefined);
        expect(refused("210987654321")).to.equal(
            "the credentials are for account 210987654321, the settings for 123456789012",
        );
        for (const name of ["shop-prod", "assumed-role/Production/me", "live.shop.example", "prd-eu"]) {
            expect(refused("123456789012", "fine", name)).to.equal(
                `"${name}" looks like production; use an account for trying things`,
            );
        }
    });

    it("says beforehand what it costs and how long it takes", () => {
        const { dollars, minutes, text } = estimate();
        expect(text).to.match(
            /^About \d+ minutes \(deploy 20, .*\) and \$\d+\.\d\d, at the prices of eu-central-1/,
        );
        expect(minutes).to.be.within(60, 180);
        const parts = [...text.matchAll(/^ {2}.*: \$(\d+\.\d\d)$/gm)].map(([, each]) => Number(each));
        expect(parts).to.have.length(costs.length);
        expect(dollars).to.be.closeTo(
            parts.reduce((sum, each) => sum + each, 0),
            0.005 * costs.length,
        );
    });

    it("writes down each row with what was seen, as a table", () => {
        const check = { entry: 5, title: "a | b", run: () => Promise.reject(new Error()) };
        const text = asMarkdown([{ check, finding: { holds: false, observed: "401\nfirst" } }], {
            region: "r",
        });
        expect(text).to.include("- region: r\n");
        expect(text).to.include("| 5 | a \\| b | WRONG | 401 first |\n");
    });

    describe("asks the probe's own service over HTTP", () => {
        let server: ChildProcessByStdio<null, Readable, null>;
        let port: string;
        before(async () => {
            server = spawn(process.execPath, [join("tools", "verify-aws", "probe", "server.mjs")], {
                env: { ...process.env, HOST: "127.0.0.1", PORT: "0" },
                stdio: ["ignore", "pipe", "inherit"],
            });
            const [line] = (await once(createInterface(server.stdout), "line")) as [string];
            port = line.replace("listening on port ", "");
        });
        after(async () => {
            server.kill();
            await once(server, "exit");
        });

        it("which tells the headers that reached it, and problem details of what is missing", async () => {
            const base = `http://127.0.0.1:${port}/v2`;
            const world = playedWorld({
                target,
                outputs: { ...outputs, urls: { v1: base, v2: base } },
                flaws: new Set(),
                pem: "",
            });
            const probe = {
                ...world,
                ask,
                token: () => Promise.resolve("token"),
                until: <T>(_: number, look: () => Promise<T>) => look(),
            };
            const found = await call(probe, "/things");
            expect(found.status).to.equal(200);
            expect(seenBy(found)).to.include({ authorization: "Bearer token", "x-api-key": "key-of-full" });
            const missing = await call(probe, "/things/missing");
            expect([missing.status, missing.headers["content-type"]]).to.deep.equal([
                404,
                "application/problem+json",
            ]);
        });
    });
});
