import { expect } from "chai";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { holds, type Check } from "../../../tools/verify-aws/check";
import { destroyRun, probeRun, type Means, type ProbeRun } from "../../../tools/verify-aws/probeRun";
import { playedWorld } from "../../../tools/verify-aws/rehearsal/world";
import type { VerifySettings } from "../../../tools/verify-aws/settings";
import { outputs, target } from "./support";

const PROGRAM = join(__dirname, "..", "..", "..", "tools", "verify-aws", "program");

/** Writes down what it is asked, and answers and leaves behind what Pulumi does. */
const ENGINE = `#!/bin/sh
echo "$1 $2" >> "$ENGINE_FOLDER/asked"
case "$1 $2" in
    "stack select") echo "encryptionsalt: v1" > "Pulumi.$4.yaml" ;;
    "stack output") cat "$ENGINE_FOLDER/outputs.json" ;;
    "destroy --yes") ! rm "$ENGINE_FOLDER/fails" 2> /dev/null ;;
esac
`;
const check: Check = { entry: 1, title: "it is there", run: () => Promise.resolve(holds(true, "seen")) };
const image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/any:1.0.0";
const settings: VerifySettings = {
    accountId: "123456789012",
    region: "eu-central-1",
    domain: "api.verify.example",
    hostedZoneId: "Z0123456789ABC",
    images: { envoy: image, collector: image, probe: image },
};

describe("A run of make verify-aws", () => {
    let folder: string;
    let run: ProbeRun;
    let told: string[];
    let warned: string[];
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "verify-"));
        writeFileSync(join(folder, "outputs.json"), JSON.stringify({ outputs }));
        writeFileSync(join(folder, "engine"), ENGINE);
        chmodSync(join(folder, "engine"), 0o755);
        told = [];
        warned = [];
        run = {
            name: `verify-${basename(folder).slice(-6).toLowerCase()}`,
            base: join(folder, "runs"),
            settings,
            origins: ["https://one.verify.example", "https://two.verify.example"],
            means: means("123456789012", true),
        };
    });
    afterEach(() => {
        rmSync(join(PROGRAM, `Pulumi.${run.name}.yaml`), { force: true });
        rmSync(folder, { recursive: true, force: true });
        process.exitCode = undefined;
    });

    function means(accountId: string, answer: boolean): Means {
        return {
            aws: {
                account: () => Promise.resolve({ accountId, arn: "arn:aws:sts::1:assumed-role/probe/me" }),
                accountNames: () => Promise.resolve(["trying-things"]),
            },
            engine: {
                executable: join(folder, "engine"),
                environment: { ...process.env, ENGINE_FOLDER: folder },
            },
            confirm: () => Promise.resolve(answer),
            tell: (text) => {
                told.push(text);
            },
            warn: (text) => {
                warned.push(text);
            },
            world: () => playedWorld({ target, outputs, flaws: new Set(), pem: "" }),
        };
    }

    const asked = (): readonly string[] =>
        existsSync(join(folder, "asked"))
            ? readFileSync(join(folder, "asked"), "utf8").trim().split("\n")
            : [];
    const left = (): readonly boolean[] =>
        [join(run.base, run.name), join(PROGRAM, `Pulumi.${run.name}.yaml`)].map((each) => existsSync(each));

    it("deploys, checks and destroys after a yes, and leaves nothing here", async () => {
        const verdicts = await probeRun(run, [check]);
        expect(verdicts?.map(({ finding }) => finding.observed)).to.deep.equal(["seen"]);
        expect(asked()).to.deep.equal(["stack select", "up --yes", "stack output", "destroy --yes"]);
        expect(left()).to.deep.equal([false, false]);
        expect(told[0]).to.match(/^About \d+ minutes [^]* as arn:aws:sts::1:assumed-role\/probe\/me\.$/);
    });

    it("does nothing after anything else", async () => {
        const refused = await probeRun({ ...run, means: means("123456789012", false) }, [check]);
        expect(refused).to.equal(undefined);
        expect(told.at(-1)).to.equal("Nothing was deployed.");
        expect([asked(), left()]).to.deep.equal([[], [false, false]]);
    });

    it("keeps what the end needs where the end failed: --destroy makes up for it, in the same account only", async () => {
        writeFileSync(join(folder, "fails"), "");
        await probeRun(run, [check]);
        expect(process.exitCode).to.equal(2);
        expect(warned).to.have.length(1);
        expect(warned[0]).to.match(/^NOT DESTROYED: [^]+ It goes on costing money\. Try again: /);
        expect(left()).to.deep.equal([true, true]);

        const attempt = (name: string, accountId: string): Promise<string> =>
            destroyRun(name, run.base, () => means(accountId, true)).then(
                () => "done",
                (error: unknown) => String(error),
            );
        expect(await attempt("../runs", "123456789012")).to.equal(
            `Refusal: no run is called "../runs": there is ${run.name}`,
        );
        expect(await attempt(run.name, "210987654321")).to.equal(
            `Refusal: ${run.name} was deployed to account 123456789012, the credentials are for 210987654321`,
        );
        expect(left()).to.deep.equal([true, true]);

        expect(await attempt(run.name, "123456789012")).to.equal("done");
        expect(asked().slice(-2)).to.deep.equal(["destroy --yes", "destroy --yes"]);
        expect(left()).to.deep.equal([false, false]);
        expect(await attempt(run.name, "123456789012")).to.equal(
            `Refusal: no run is called "${run.name}": none has anything left`,
        );
    });
});
