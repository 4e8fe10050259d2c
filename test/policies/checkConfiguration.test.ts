import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import { expect } from "chai";
import { checkConfiguration, type PackConfiguration } from "../../policies/checkConfiguration";
import { rules } from "../../policies/rules/all";

const policies = join(__dirname, "../../policies");
const file = join(__dirname, "../../stacks/policy-config.json");
const configuration = JSON.parse(readFileSync(file, "utf8")) as PackConfiguration;

/** Checks values as the engine does: against the schema that the rule declares. */
function schemaErrors(values: PackConfiguration): readonly string[] {
    const ajv = new Ajv();
    return rules.flatMap(({ id, settings }) => {
        ajv.validate(
            { type: "object", properties: settings },
            values[id] === "mandatory" ? {} : (values[id] ?? {}),
        );
        return (ajv.errors ?? []).map(({ instancePath, message = "" }) => `${id}${instancePath} ${message}`);
    });
}

describe("The configuration of the policy pack", () => {
    it("is complete and valid", () => {
        expect(Object.keys(configuration)).to.deep.equal(rules.map(({ id }) => id));
        expect(checkConfiguration(configuration, rules)).to.deep.equal([]);
        expect(schemaErrors(configuration)).to.deep.equal([]);
    });

    it("must not switch rules off, misspell them or misspell their settings", () => {
        const wrong = {
            all: "disabled",
            "mesh-mtsl": "mandatory",
            "mesh-mtls": "advisory",
            "mesh-circuit-breaker": { enforcementLevel: "disabled", consecutiveFailure: 5 },
        };
        const names = rules.map(({ id }) => id).join(", ");
        expect(checkConfiguration(wrong, rules)).to.deep.equal([
            `all: found a name that is no rule's; required one of ${names}`,
            `mesh-mtsl: found a name that is no rule's; required one of ${names}`,
            'mesh-mtls: found the level "advisory"; required "mandatory"',
            'mesh-circuit-breaker: found the level "disabled"; required "mandatory"',
            "mesh-circuit-breaker.consecutiveFailure: found a name that is no setting's; required one of enforcementLevel, consecutiveFailures, ejectionSeconds, sweepSeconds, failurePercentage, failurePercentageVolume, exceptions",
        ]);
    });

    it("may ask for fixes, at the one level at which they do something", () => {
        const wrong = {
            "fix-tracing": "remediate",
            "fix-key-rotation": "advisory",
            "fix-nothing": "remediate",
        };
        expect(checkConfiguration(wrong, rules).map((line) => line.split(";")[0])).to.deep.equal([
            'fix-key-rotation: found "advisory"',
            "fix-nothing: found a name that is no rule's",
        ]);
    });

    it("stops whoever runs the pack's own check on it, with every problem named", () => {
        const folder = mkdtempSync(join(tmpdir(), "configuration-"));
        try {
            const wrong = join(folder, "wrong.json");
            writeFileSync(wrong, JSON.stringify({ all: "disabled", "mesh-mtls": "advisory" }));
            const run = (checked: string): { status: number | null; stderr: string } =>
                spawnSync(process.execPath, [join(policies, "check.js"), checked], { encoding: "utf8" });
            const { status, stderr } = run(wrong);
            expect(status).to.equal(1);
            expect(stderr).to.contain("all: found a name that is no rule's");
            expect(stderr).to.contain('mesh-mtls: found the level "advisory"; required "mandatory"');
            expect(run(file)).to.deep.include({ status: 0, stderr: "" });
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    it("may be stricter than the ADR, and not looser", () => {
        const numbers = (
            consecutiveFailures: number,
            ejectionSeconds: number,
            userRequestsPerMinute: number,
        ): object => ({
            "mesh-circuit-breaker": { consecutiveFailures, ejectionSeconds },
            "rate-limit": { userRequestsPerMinute },
        });
        expect(schemaErrors({ ...numbers(1, 300, 1) })).to.deep.equal([]);
        expect(schemaErrors({ ...numbers(6, 60, 1000) })).to.deep.equal([
            "mesh-circuit-breaker/consecutiveFailures must be <= 5",
        ]);
        expect(schemaErrors({ ...numbers(5, 59, 1000) })).to.deep.equal([
            "mesh-circuit-breaker/ejectionSeconds must be >= 60",
        ]);
        expect(schemaErrors({ ...numbers(5, 60, 1001) })).to.deep.equal([
            "rate-limit/userRequestsPerMinute must be <= 1000",
        ]);
    });

    it("names a shared plan with a reason", () => {
        expect(schemaErrors({ "rate-limit": { sharedPlans: [{ plan: "plans-web" }] } })).to.deep.equal([
            "rate-limit/sharedPlans/0 must have required property 'reason'",
        ]);
    });
});
