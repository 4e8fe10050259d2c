import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { expect } from "chai";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { installedPackage } from "../../../../local/providers/schema/source";
import { forgetScratch, scratchFolder } from "../support/providers";

const ROOT = resolve(__dirname, "../../../..");

describe("a plugin process", () => {
    after(forgetScratch);

    for (const name of ["aws", "awsx", "tls"]) {
        it(`of ${name} prints its port first, and serves there`, async () => {
            const main = join(ROOT, "local", "providers", name, "main.ts");
            const plugin = spawn(process.execPath, ["--import", "tsx", main, "127.0.0.1:1"], {
                cwd: ROOT,
                stdio: ["ignore", "pipe", "inherit"],
                env: { ...process.env, LOCAL_STATE_DIR: scratchFolder() },
            });
            try {
                const [port] = (await once(createInterface(plugin.stdout), "line")) as [string];
                expect(port).to.match(/^\d+$/);
                const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
                const version = await new Promise((done, fail) => {
                    client.getPluginInfo(new Empty(), (error, info) => {
                        if (error === null) {
                            done(info.getVersion());
                        } else {
                            fail(error);
                        }
                    });
                });
                client.close();
                expect(version).to.equal(installedPackage(`@pulumi/${name}`).version);
            } finally {
                plugin.kill("SIGKILL");
                await once(plugin, "exit");
            }
        });
    }
});
