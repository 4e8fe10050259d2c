/* Replacements: ForceNew in hashicorp/terraform-provider-aws, internal/service/iam/{role,role_policy,policy}.go. */
import type { Props } from "../../rpc/values";
import type { Problem, Table } from "../../table/emulation";
import type { Reading } from "../../table/reading";
import { UPPER, createdAt } from "../forms";
import { policiesAsText, policyProblems } from "../documents";
import { all, between, matches } from "../../table/limits";

/** IAM's limits, in characters without white space (docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const MANAGED_POLICY = 6144;
const ROLE_POLICIES = 10240;

export const iam: Table = {
    "aws:iam/role:Role": {
        id: (r) => r.text("name"),
        outputs: {
            arn: (r) => r.globalArn("iam", `role${path(r)}${r.id}`),
            createDate: createdAt("createDate"),
            uniqueId: (r) => `AROA${r.letters(UPPER, 17, "unique")}`,
            inlinePolicies: () => [],
            managedPolicyArns: () => [],
        },
        autoname: { property: "name", maxLength: 64 },
        defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
        replaces: ["name", "namePrefix", "path"],
        normalize: policiesAsText("assumeRolePolicy"),
        check: all(policyProblems("assumeRolePolicy"), between("maxSessionDuration", 3600, 43200)),
    },
    "aws:iam/rolePolicy:RolePolicy": {
        id: (r) => `${r.text("role")}:${r.text("name")}`,
        outputs: {},
        autoname: { property: "name", maxLength: 128 },
        replaces: ["name", "namePrefix", "role"],
        normalize: policiesAsText("policy"),
        check: all(policyProblems("policy"), longPolicy(ROLE_POLICIES)),
    },
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
        id: (r) => `${r.text("role")}-${BigInt(`0x${r.hex(16)}`)}`,
        outputs: {},
        replaces: ["policyArn", "role"],
        check: matches(
            "policyArn",
            /^arn:[\w-]+:iam::(\d{12}|aws):policy\/.+/,
            "the ARN of a managed policy",
        ),
    },
    // Replacements: internal/service/iam/openid_connect_provider.go. AWS fills in the thumbprint where none is given.
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
        id: (r) => r.globalArn("iam", `oidc-provider/${r.text("url").replace(/^https:\/\//, "")}`),
        outputs: {
            arn: (r) => r.id,
            thumbprintLists: (r) => [r.hex(40)],
        },
        replaces: ["url"],
        check: matches("url", /^https:\/\/[\w.-]+(\/[\w./-]*)?$/, "an address that begins with https://"),
    },
    "aws:iam/policy:Policy": {
        id: (r) => r.globalArn("iam", `policy${path(r)}${r.text("name")}`),
        outputs: {
            arn: (r) => r.id,
            attachmentCount: () => 0,
            policyId: (r) => `ANPA${r.letters(UPPER, 17, "unique")}`,
        },
        autoname: { property: "name", maxLength: 128 },
        defaults: { path: "/" },
        replaces: ["description", "name", "namePrefix", "path"],
        normalize: policiesAsText("policy"),
        check: all(policyProblems("policy"), longPolicy(MANAGED_POLICY)),
    },
};

function path(reading: Reading): string {
    return reading.text("path", "/");
}

function longPolicy(limit: number): (inputs: Props) => readonly Problem[] {
    return ({ policy }) => {
        const characters = typeof policy === "string" ? policy.replace(/\s/g, "").length : 0;
        return characters <= limit
            ? []
            : [
                  {
                      property: "policy",
                      reason: `"policy" has ${characters} characters; IAM takes at most ${limit}`,
                  },
              ];
    };
}
