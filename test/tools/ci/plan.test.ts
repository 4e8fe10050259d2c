import { expect } from "chai";
import { comment } from "../../../tools/ci/comment";
import { deployedCommit } from "../../../tools/ci/deployedCommit";
import type { EngineEvent } from "../../../tools/ci/events";
import {
    departures,
    describeOperation,
    driftOf,
    operationsOf,
    planOf,
    readPlan,
    type Operation,
} from "../../../tools/ci/plan";
import { beyondRenewal } from "../../../tools/ci/renewal";
import { allPassed, verdictsOf } from "../../../tools/ci/verdicts";

const commit = "0".repeat(40);
const urn = (type: string, name: string): string =>
    `urn:pulumi:dev::traffic::shop:mesh:MeshedService$${type}::${name}`;
const service = urn("aws:ecs/service:Service", "orders");

function operation(op: string, type: string, ...changes: string[]): Operation {
    return { op, urn: urn(type, "orders"), changes };
}

function event(
    kind: "resourcePreEvent" | "resOutputsEvent",
    op: string,
    diffs: string[] = [],
    logical = true,
): EngineEvent {
    return { [kind]: { metadata: { op, urn: service, type: "aws:ecs/service:Service", diffs, logical } } };
}

describe("A plan", () => {
    it("holds what changes, once a resource, by the names of its properties", () => {
        const events = [
            event("resourcePreEvent", "same"),
            event("resourcePreEvent", "read"),
            event("resourcePreEvent", "create-replacement", ["b"], false),
            event("resourcePreEvent", "replace", ["b", "a"]),
            event("resOutputsEvent", "update", ["c"]),
        ];
        expect(operationsOf(events)).to.deep.equal([{ op: "replace", urn: service, changes: ["a", "b"] }]);
        expect(describeOperation({ op: "replace", urn: service, changes: ["a", "b"] })).to.equal(
            "replace aws:ecs/service:Service orders (a, b)",
        );
    });

    it("is read back as it was written, and not when somebody has changed it", () => {
        const plan = planOf("dev", commit, [operation("update", "aws:ecs/service:Service", "triggers")]);
        expect(readPlan(JSON.stringify(plan))).to.deep.equal(plan);
        expect(() => readPlan(JSON.stringify({ ...plan, operations: [] }))).to.throw(
            "the digest that it states",
        );
    });

    it("says how another departs from it", () => {
        const update = operation("update", "aws:ecs/service:Service", "triggers");
        const remove = operation("delete", "aws:ecs/service:Service");
        const approved = planOf("dev", commit, [update]);
        expect(departures(approved, planOf("dev", commit, [update]))).to.deep.equal([]);
        expect(departures(approved, planOf("dev", commit, [remove]))).to.deep.equal([
            "now also: delete aws:ecs/service:Service orders",
            "no more: update aws:ecs/service:Service orders (triggers)",
        ]);
        const other = "1".repeat(40);
        expect(departures(approved, planOf("prod", other, [update]))).to.deep.equal([
            `approved was dev at ${commit}, this is prod at ${other}`,
        ]);
    });

    it("tells drift from what a refresh found as it was", () => {
        const events = [
            event("resOutputsEvent", "same"),
            event("resOutputsEvent", "update", ["desiredCount"]),
        ];
        expect(driftOf(events).map(describeOperation)).to.deep.equal([
            "update aws:ecs/service:Service orders (desiredCount)",
        ]);
    });
});

describe("A renewal", () => {
    const renewal = [
        operation("replace", "tls:index/locallySignedCert:LocallySignedCert", "readyForRenewal"),
        operation("update", "aws:ssm/parameter:Parameter", "value"),
        operation("update", "aws:ecs/service:Service", "triggers"),
    ];

    it("is a new certificate, its parameter and the service's new tasks", () => {
        expect(beyondRenewal(renewal)).to.deep.equal([]);
    });

    it("is the clock and the certificate of a Private CA too", () => {
        const term = "tls:index/selfSignedCert:SelfSignedCert";
        const clock = { op: "replace", urn: urn(term, "orders-term"), changes: ["readyForRenewal"] };
        const issued = operation("replace", "aws:acmpca/certificate:Certificate", "validity");
        expect(beyondRenewal([clock, issued])).to.deep.equal([]);
    });

    it("is nothing else, not of these resources and not of others", () => {
        const others = [
            operation("update", "aws:ecs/service:Service", "triggers", "taskDefinition"),
            operation("update", "aws:ecs/service:Service"),
            operation("replace", "aws:ssm/parameter:Parameter", "value"),
            operation("create", "tls:index/locallySignedCert:LocallySignedCert"),
            operation("replace", "tls:index/selfSignedCert:SelfSignedCert", "readyForRenewal"),
            operation("update", "aws:iam/role:Role", "assumeRolePolicy"),
        ];
        expect(beyondRenewal([...renewal, ...others])).to.deep.equal(others);
    });
});

describe("The verdicts", () => {
    const summary = (passed: string[], failed: string[]): EngineEvent => ({
        policyAnalyzeStackSummaryEvent: { policyPackName: "adr-003", passed, failed },
    });
    const said = (policyName: string, enforcementLevel: string): EngineEvent => ({
        policyEvent: {
            policyName,
            message: "orders: found 1, required 2\n",
            enforcementLevel,
            resourceUrn: "",
        },
    });

    it("are the engine's, and a rule that it does not name is not judged", () => {
        const events = [
            said("b", "mandatory"),
            said("exceptions-in-force", "advisory"),
            summary(["a"], ["b"]),
        ];
        expect(verdictsOf(events, "adr-003", ["a", "b", "c"])).to.deep.equal({
            rules: [
                { rule: "a", verdict: "passed", violations: [] },
                { rule: "b", verdict: "failed", violations: ["orders: found 1, required 2"] },
                { rule: "c", verdict: "not judged", violations: [] },
            ],
            advice: ["exceptions-in-force: orders: found 1, required 2"],
        });
    });

    it("pass only where every rule did, in this pack", () => {
        expect(allPassed(verdictsOf([summary(["a", "b"], [])], "adr-003", ["a", "b"]))).to.equal(true);
        expect(allPassed(verdictsOf([summary(["a"], [])], "adr-003", ["a", "b"]))).to.equal(false);
        expect(allPassed(verdictsOf([summary(["a", "b"], [])], "other", ["a", "b"]))).to.equal(false);
        expect(allPassed(verdictsOf([], "adr-003", []))).to.equal(false);
        expect(
            allPassed(verdictsOf([summary(["a"], []), said("a", "mandatory")], "adr-003", ["a"])),
        ).to.equal(false);
    });
});

describe("The comment", () => {
    const plan = planOf("dev", commit, [operation("update", "aws:ecs/service:Service", "triggers")]);

    it("has the plan and every verdict", () => {
        const verdicts = {
            rules: [
                { rule: "mesh-mtls", verdict: "failed" as const, violations: ["orders: found ```plain```"] },
                { rule: "base-iam", verdict: "passed" as const, violations: [] },
            ],
            advice: [],
        };
        expect(comment({ plan, verdicts, against: "an empty account" })).to.equal(
            [
                "## `dev`: 1 to update",
                "",
                "**It may not be deployed: 1 of 2 policies did not pass.**",
                "",
                `Commit \`${commit}\`, compared with an empty account. Plan \`${plan.digest.slice(0, 12)}\`.`,
                "",
                "| policy | verdict |",
                "| --- | --- |",
                "| `mesh-mtls` | **failed** |",
                "| `base-iam` | passed |",
                "",
                "<details open><summary>What the policies found (1)</summary>",
                "",
                "````text",
                "mesh-mtls: orders: found ```plain```",
                "````",
                "</details>",
                "",
                "<details open><summary>The plan (1)</summary>",
                "",
                "```text",
                "update aws:ecs/service:Service orders (triggers)",
                "```",
                "</details>",
                "",
            ].join("\n"),
        );
    });

    it("stays within what GitHub takes, and says what it leaves out", () => {
        const many = Array.from({ length: 2000 }, (_, index) =>
            operation("create", `aws:ecs/service:Service${index}`),
        );
        const text = comment({
            plan: planOf("dev", commit, many),
            verdicts: { rules: [], advice: [] },
            against: "x",
        });
        expect(text.length).to.be.below(11_000);
        expect(text).to.match(/\nand \d+ more, in the job's log\n```\n/);
        expect(text).to.contain("The plan (2000)");
    });
});

describe("The deployed commit", () => {
    const [first, second] = ["a".repeat(40), "b".repeat(40)];
    const answers: Readonly<Record<string, unknown>> = {
        "actions/workflows/deploy.yml/runs?branch=main&per_page=50": {
            workflow_runs: [
                { id: 2, head_sha: second },
                { id: 1, head_sha: first },
            ],
        },
        "actions/runs/2/jobs?per_page=100": {
            jobs: [
                { name: "dev / deploy", conclusion: "success" },
                { name: "prod / deploy", conclusion: null },
            ],
        },
        "actions/runs/1/jobs?per_page=100": { jobs: [{ name: "prod / deploy", conclusion: "success" }] },
    };
    const ask = (path: string): Promise<unknown> => Promise.resolve(answers[path]);

    it("is that of the newest run that ended well for the stack, whatever waits for its approval", async () => {
        expect(await deployedCommit("dev", ask)).to.equal(second);
        expect(await deployedCommit("prod", ask)).to.equal(first);
        expect(await deployedCommit("test", ask)).to.equal("");
    });
});
