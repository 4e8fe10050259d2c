import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { requireEnvoy } from "../support/envoy";
import { survivors } from "../support/engine/processes";

const fixture = join(__dirname, "fixtures", "startEnvoy.ts");

describe("An Envoy that a process of this project started", () => {
    let binary: string;

    before(async function () {
        binary = await requireEnvoy(this);
    });

    for (const [index, signal] of (["SIGINT", "SIGTERM", "SIGHUP"] as const).entries()) {
        it(`ends with it on ${signal}, although nothing else answers the signal`, async () => {
            const host = `127.77.241.${index + 1}`;
            const parent = spawn(process.execPath, ["--import", "tsx", fixture, binary, host], {
                stdio: ["ignore", "pipe", "inherit"],
            });
            const [printed] = (await once(parent.stdout, "data")) as [Buffer];
            const envoy = Number(printed.toString());
            expect(envoy).to.be.above(0);
            parent.kill(signal);
            const [, by] = (await once(parent, "exit")) as [number | null, string | null];
            expect(by).to.equal(signal);
            expect(await survivors([envoy], 60_000)).to.deep.equal([]);
        });
    }
});
