import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pinnedVersion } from "../../../local/engine/versions";
import { allSteps, readWorkflows, root, type Job } from "./support/readWorkflows";

const workflows = readWorkflows();
const jobs = workflows.flatMap((workflow) => workflow.jobs.map((job) => ({ ...job, on: workflow.on })));
const credentials = "aws-actions/configure-aws-credentials@";

function uses(job: Job, action: string): boolean {
    return job.steps.some((step) => step.uses?.startsWith(action) === true);
}

function commands(job: Job): readonly string[] {
    return job.steps.flatMap(({ run }) => (run === undefined ? [] : [run.trim()]));
}

/** The job's commands of tools/ci, by name. */
function ci(job: Job): readonly string[] {
    return commands(job).flatMap((run) =>
        [...run.matchAll(/tools\/ci\/main\.ts (\w+)/g)].map(([, name]) => name ?? ""),
    );
}

describe("The workflows", () => {
    it("are these, started by these events", () => {
        expect(Object.fromEntries(workflows.map(({ file, on }) => [file, on]))).to.deep.equal({
            "checks.yml": ["pull_request", "workflow_call"],
            "deploy-stack.yml": ["workflow_call"],
            "deploy.yml": ["push", "workflow_dispatch"],
            "preview.yml": ["pull_request"],
            "upkeep-stack.yml": ["workflow_call"],
            "upkeep.yml": ["schedule", "workflow_dispatch"],
        });
    });

    it("give a job no permission that it does not name", () => {
        for (const { permissions, file } of workflows) {
            expect(permissions, file).to.deep.equal({});
        }
        const writing = jobs.flatMap(({ name, permissions }) =>
            Object.entries(permissions).flatMap(([key, value]) =>
                value === "read" ? [] : [`${name}: ${key} ${value}`],
            ),
        );
        expect(writing).to.deep.equal([
            "deploy-stack.yml preview: id-token write",
            "deploy-stack.yml deploy: id-token write",
            "deploy.yml dev: id-token write",
            "deploy.yml prod: id-token write",
            "preview.yml aws: id-token write",
            "preview.yml comment: pull-requests write",
            "upkeep-stack.yml drift: id-token write",
            "upkeep-stack.yml renew: id-token write",
            "upkeep.yml dev: id-token write",
            "upkeep.yml prod: id-token write",
        ]);
    });

    it("pin every action of others by commit, with its version, and use no secret", () => {
        const foreign = allSteps().flatMap((step) =>
            step.uses === undefined || step.uses.startsWith("./") ? [] : [step.uses],
        );
        expect([...new Set(foreign.map((name) => name.replace(/@.*/, "")))].sort()).to.deep.equal([
            "actions/checkout",
            "actions/download-artifact",
            "actions/setup-go",
            "actions/setup-node",
            "actions/upload-artifact",
            "aws-actions/configure-aws-credentials",
            "pulumi/actions",
        ]);
        const texts = [
            ...workflows.map(({ text }) => text),
            readFileSync(join(root, ".github/actions/setup/action.yml"), "utf8"),
        ];
        for (const line of texts
            .flatMap((text) => text.split("\n"))
            .filter((each) => /uses: [^.]/.test(each))) {
            expect(line).to.match(/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        }
        expect(texts.join("\n")).to.not.contain("secrets.");
    });

    it("put no text of an event into a script", () => {
        for (const run of allSteps().map((step) => step.run ?? "")) {
            expect(run).to.not.contain("${{");
        }
    });

    it("install the Pulumi CLI that local mode builds, and let the action do nothing else", () => {
        const [pulumi] = allSteps().filter((step) => step.uses?.startsWith("pulumi/actions@"));
        expect(pulumi?.with).to.deep.equal({ "pulumi-version": pinnedVersion().slice(1) });
    });

    it("hold AWS credentials in these jobs only, each in an environment, to run these commands", () => {
        const holders = jobs.filter((job) => uses(job, credentials));
        expect(holders.map((job) => [job.name, job.environment, ci(job)])).to.deep.equal([
            ["deploy-stack.yml preview", "${{ inputs.stack }}-preview", ["preview"]],
            ["deploy-stack.yml deploy", "${{ inputs.stack }}", ["deploy"]],
            ["preview.yml aws", "dev-preview", ["preview"]],
            ["upkeep-stack.yml drift", "${{ inputs.stack }}-preview", ["drift"]],
            ["upkeep-stack.yml renew", "${{ inputs.stack }}-upkeep", ["renew"]],
        ]);
        for (const job of holders) {
            for (const run of commands(job)) {
                expect(run, job.name).to.match(
                    /^(node --import tsx tools\/ci\/main\.ts [^\n;&|]+|cat ci-out\/\*\/\w+\.md >> "\$GITHUB_STEP_SUMMARY"|echo "[^"$]*\\"[^"$]*\\"\." >> "\$GITHUB_STEP_SUMMARY")$/,
                );
            }
        }
    });

    it("give a fork's change no credentials", () => {
        for (const job of jobs.filter(({ on }) => on.includes("pull_request"))) {
            if (uses(job, credentials) || Object.values(job.permissions).includes("write")) {
                expect(job.if, job.name).to.contain(
                    "github.event.pull_request.head.repo.full_name == github.repository",
                );
            }
        }
        expect(workflows.map(({ text }) => text).join("\n")).to.not.match(/^\s*pull_request_target:/m);
    });

    it("deploy only what the preview before, of the same commit, has passed", () => {
        const deploying = jobs.filter((job) => ci(job).includes("deploy"));
        expect(deploying.map(({ name, needs }) => [name, needs])).to.deep.equal([
            ["deploy-stack.yml deploy", ["preview"]],
        ]);
        const [deploy] = deploying;
        const fetched = deploy?.steps.find((step) => step.uses?.startsWith("actions/download-artifact@"));
        const [preview] = jobs.filter(({ name }) => name === "deploy-stack.yml preview");
        const kept = preview?.steps.find((step) => step.uses?.startsWith("actions/upload-artifact@"));
        expect(fetched?.with?.name).to.equal("plan-${{ inputs.stack }}").and.to.equal(kept?.with?.name);
        expect(fetched?.with).to.not.have.any.keys("run-id", "repository");
        // Both check out the commit of the run.
        for (const job of [deploy, preview]) {
            const checkout = job?.steps.find((step) => step.uses?.startsWith("actions/checkout@"));
            expect(checkout?.with).to.deep.equal({ "persist-credentials": false });
        }
    });

    it("check first, deploy dev, then prod", () => {
        const order = jobs.filter(({ name }) => name.startsWith("deploy.yml"));
        expect(order.map(({ name, needs, uses: called }) => [name, needs, called])).to.deep.equal([
            ["deploy.yml checks", [], "./.github/workflows/checks.yml"],
            ["deploy.yml dev", ["checks"], "./.github/workflows/deploy-stack.yml"],
            ["deploy.yml prod", ["dev"], "./.github/workflows/deploy-stack.yml"],
        ]);
    });

    it("never run two changes of a stack at once, and never cancel one", () => {
        for (const job of jobs.filter((each) =>
            ci(each).some((name) => ["deploy", "renew", "drift"].includes(name)),
        )) {
            expect(job.concurrency, job.name).to.deep.equal({
                group: "traffic-${{ inputs.stack }}",
                "cancel-in-progress": false,
            });
        }
    });
});
