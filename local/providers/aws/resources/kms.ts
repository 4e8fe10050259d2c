/* Replacements: ForceNew in hashicorp/terraform-provider-aws, internal/service/kms/{key,alias}.go. */
import type { Table } from "../../table/emulation";
import { policyProblems } from "../documents";
import { all, between, matches } from "../../table/limits";

export const kms: Table = {
    "aws:kms/key:Key": {
        id: (r) => r.uuid(),
        outputs: {
            arn: (r) => r.arn("kms", `key/${r.id}`),
            keyId: (r) => r.id,
            description: () => "",
            policy: (r) =>
                JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { AWS: r.globalArn("iam", "root") },
                            Action: "kms:*",
                            Resource: "*",
                        },
                    ],
                }),
            multiRegion: () => false,
            rotationPeriodInDays: () => 365,
        },
        defaults: {
            bypassPolicyLockoutSafetyCheck: false,
            customerMasterKeySpec: "SYMMETRIC_DEFAULT",
            isEnabled: true,
            keyUsage: "ENCRYPT_DECRYPT",
        },
        replaces: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
        check: all(
            policyProblems("policy"),
            between("deletionWindowInDays", 7, 30),
            between("rotationPeriodInDays", 90, 2560),
        ),
    },
    "aws:kms/alias:Alias": {
        id: (r) => r.text("name"),
        outputs: {
            arn: (r) => r.arn("kms", r.id),
            targetKeyArn: (r) => {
                const key = r.text("targetKeyId");
                return key.startsWith("arn:") ? key : r.arn("kms", `key/${key}`);
            },
        },
        changesWith: { targetKeyArn: ["targetKeyId"] },
        autoname: { property: "name", prefix: "alias/", maxLength: 256 },
        replaces: ["name", "namePrefix"],
        check: matches("name", /^alias\/(?!aws\/)[\w/-]+$/, 'a name that begins with "alias/"'),
    },
};
