import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { agentEntrypoint } from "../../../../components/mesh/appmesh/entrypoint";

describe("The entry point of App Mesh's proxy", () => {
    it("writes certificates for the proxy's user alone, and tells the agent nothing of them", () => {
        const folder = mkdtempSync(join(tmpdir(), "agent-"));
        const started = join(folder, "environment");
        const script = agentEntrypoint(12, "service")
            .replaceAll("/dev/shm/mesh", join(folder, "mesh"))
            .replace("/usr/bin/agent &", `env > ${started} &`);
        const env = {
            PATH: process.env.PATH,
            MESH_CERTIFICATE: "cert",
            MESH_PRIVATE_KEY: "key",
            MESH_TRUST: "trust",
        };
        try {
            execFileSync("bash", ["--norc", "-c", script], { env });
            const read = (file: string): string => readFileSync(join(folder, "mesh", file), "utf8");
            expect(read("certificate.pem")).to.equal("cert\n");
            expect(read("private-key.pem")).to.equal("key\n");
            expect(read("trust.pem")).to.equal("trust\n");
            expect(statSync(join(folder, "mesh", "private-key.pem")).mode & 0o777).to.equal(0o600);
            expect(readFileSync(started, "utf8")).not.to.match(/MESH_|key/);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    });
});
