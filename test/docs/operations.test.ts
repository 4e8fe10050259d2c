import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const PAGE = join(__dirname, "..", "..", "docs", "operations.md");
const KEY = "arn:aws:kms:eu-central-1:123456789012:key/kept";
const ORPHAN = "arn:aws:kms:eu-central-1:123456789012:key/orphan";
const API = "arn:aws:apigateway:eu-central-1::/restapis/abc123";

/** The commands of a section, as a reader would paste them. */
function commandsOf(section: string): string {
    const text = readFileSync(PAGE, "utf8").split(`\n## ${section}\n`)[1] ?? "";
    return /```bash\n([^]*?)```/.exec(text)?.[1] ?? "";
}

describe("The commands that find what nobody remembers", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "orphans-"));
    });
    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    /** What they print where the account lists, and the state holds, these ARNs. */
    function found(account: readonly string[], state: readonly string[]): string {
        // `--output text` puts tabs between them; in a state one may stand inside another text.
        const policy = JSON.stringify({ Resource: state });
        const exported = JSON.stringify({
            resources: [{ outputs: { policy } }, ...state.map((arn) => ({ arn }))],
        });
        const answers = { aws: account.join("\t"), pulumi: exported };
        for (const [command, answer] of Object.entries(answers)) {
            const file = join(folder, command);
            writeFileSync(`${file}.answer`, `${answer}\n`);
            writeFileSync(file, `#!/bin/sh\ncat "${file}.answer"\n`);
            chmodSync(file, 0o755);
        }
        const env = { ...process.env, PATH: [folder, process.env.PATH].join(delimiter), LC_ALL: "C" };
        return execFileSync("bash", ["-euc", commandsOf("What nobody remembers")], {
            cwd: folder,
            env,
        }).toString();
    }

    it("print what is in the account only", () => {
        expect(found([ORPHAN, KEY, API], [API, KEY])).to.equal(`${ORPHAN}\n`);
    });

    it("print nothing where the state knows everything", () => {
        expect(found([KEY, API], [KEY, API, ORPHAN])).to.equal("");
    });
});
