/* Replacements: ForceNew and the custom plan of hashicorp/terraform-provider-aws, internal/service/ssm/parameter.go. */
import { UNKNOWN } from "../../rpc/values";
import type { Props } from "../../rpc/values";
import type { Problem, Table } from "../../table/emulation";
import { all, matches, oneOf } from "../../table/limits";

/** Bytes of a value that each tier takes (docs.aws.amazon.com/general/latest/gr/ssm.html). */
const STANDARD = 4096;
const ADVANCED = 8192;

export const ssm: Table = {
    "aws:ssm/parameter:Parameter": {
        id: (r) => r.text("name"),
        outputs: {
            arn: (r) => r.arn("ssm", `parameter/${r.id.replace(/^\//, "")}`),
            dataType: () => "text",
            hasValueWo: () => false,
            keyId: (r) => (r.text("type") === "SecureString" ? "alias/aws/ssm" : ""),
            tier: () => "Standard",
            value: (r) => r.text("insecureValue"),
            version: (r) => r.kept("version", () => r.next("versions", r.arn("ssm", r.id))),
        },
        changesWith: { version: ["value", "insecureValue", "valueWoVersion"] },
        secrets: ["value"],
        autoname: { property: "name", maxLength: 2048 },
        replaces: ["dataType", "name"],
        replacesWhen: (before, after) =>
            before.tier === "Advanced" && (after.tier ?? "Standard") === "Standard" ? ["tier"] : [],
        check: all(
            oneOf("type", ["String", "StringList", "SecureString"]),
            oneOf("tier", ["Standard", "Advanced", "Intelligent-Tiering"]),
            matches(
                "name",
                /^(\/?[\w.-]+)(\/[\w.-]+){0,14}$/,
                "letters, digits and . - _ in at most 15 levels",
            ),
            sizeProblems,
        ),
    },
};

function sizeProblems(inputs: Props): readonly Problem[] {
    const property = typeof inputs.value === "string" ? "value" : "insecureValue";
    const value = inputs[property];
    const tier = typeof inputs.tier === "string" ? inputs.tier : "Standard";
    const limit = tier === "Standard" ? STANDARD : ADVANCED;
    if (typeof value !== "string" || value === UNKNOWN || Buffer.byteLength(value) <= limit) {
        return [];
    }
    const bytes = Buffer.byteLength(value);
    return [
        { property, reason: `"${property}" has ${bytes} bytes; the ${tier} tier takes at most ${limit}` },
    ];
}
