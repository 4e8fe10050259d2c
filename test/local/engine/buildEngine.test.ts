import { expect } from "chai";
import {
    chmodSync,
    existsSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildEngine } from "../../../local/engine/buildEngine";

/** Stands in for Go: notes that it was called, takes a moment, and writes what it "built". */
const FAKE_GO = `#!/bin/sh
echo "$1 $GOTOOLCHAIN" >>"$(dirname "$0")/calls"
case $1 in
env) echo "$(cat "$(dirname "$0")/version")" ;;
list) printf 'a\\nb\\n' ;;
build)
    if [ -f "$(dirname "$0")/broken" ]; then echo "example.com/a" >&2; echo "a.go:1:1: syntax error" >&2; exit 2; fi
    sleep 0.2
    while [ "$1" != "-o" ]; do shift; done
    echo built >"$2" ;;
esac
`;

/** Only what the lines of the fake need. */
const PATH = "/usr/bin:/bin";

describe("buildEngine", () => {
    let folder: string;
    let cache: string;
    const environment = (): NodeJS.ProcessEnv => ({ PATH: `${folder}:${PATH}` });
    const calls = (): string[] => readFileSync(join(folder, "calls"), "utf8").trim().split("\n");

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "fake-go-"));
        cache = join(folder, "cache");
        writeFileSync(join(folder, "go"), FAKE_GO);
        chmodSync(join(folder, "go"), 0o755);
        writeFileSync(join(folder, "version"), "go1.26.8\n");
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("builds once for two set-ups at the same time, with no other Go than the one installed", async () => {
        const [first, second] = await Promise.all([
            buildEngine(cache, environment()),
            buildEngine(cache, environment()),
        ]);
        expect(second).to.equal(first);
        expect(readFileSync(first, "utf8")).to.equal("built\n");
        expect(readdirSync(dirname(first)).sort()).to.deep.equal(["pulumi", "pulumi-language-nodejs"]);
        expect(calls()).to.deep.equal(["env local", "env local", "list local", "build local"]);
    });

    it("does not ask for Go when the engine is in the cache", async () => {
        const built = await buildEngine(cache, environment());
        rmSync(join(folder, "go"));
        expect(await buildEngine(cache, environment())).to.equal(built);
    });

    it("leaves nothing behind when the build fails, and shows what Go said", async () => {
        writeFileSync(join(folder, "broken"), "");
        const message = await messageOf(buildEngine(cache, environment()));
        expect(message).to.equal(
            "building the Pulumi engine failed: go build exited with 2:\n  a.go:1:1: syntax error",
        );
        const [left = ""] = readdirSync(cache);
        expect(readdirSync(join(cache, left))).to.deep.equal([]);
    });

    it("says what to install when there is no Go", async () => {
        rmSync(join(folder, "go"));
        expect(await messageOf(buildEngine(cache, { PATH: folder }))).to.equal(
            "there is neither a Pulumi CLI nor Go on PATH. Install the Pulumi CLI v3.248.0 or newer " +
                "(https://www.pulumi.com/docs/install/), or Go 1.25.11 or newer (https://go.dev/doc/install) " +
                "to build it with.",
        );
    });

    it("says what to install when Go is too old", async () => {
        writeFileSync(join(folder, "version"), "go1.24\n");
        expect(await messageOf(buildEngine(cache, environment()))).to.match(
            /^\S+\/go is go1\.24, which is too old\. Install the Pulumi CLI v3\.248\.0 or newer/,
        );
        expect(existsSync(cache)).to.equal(false);
    });
});

async function messageOf(promise: Promise<unknown>): Promise<string> {
    try {
        await promise;
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
    throw new Error("it did not fail");
}
