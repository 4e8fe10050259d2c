import { atLeast, settled } from "../configuration";
import { each, type Rule } from "../rule";

const settings = { logRetentionDays: atLeast(7, 3653) };

/** ADR-003, "Log aggregation", "Traffic encryption": what is kept is encrypted and ends some day. */
export function baseEncryption(): Rule {
    return {
        id: "base-encryption",
        title: "Logs end and are encrypted; keys rotate",
        description:
            "Every log group has a retention and a customer-managed key, and every such key rotates.",
        clause: "Log aggregation; Traffic encryption",
        severity: "medium",
        controls: ["Security Hub KMS.4", "Security Hub CloudWatch.16", "cdk-nag AwsSolutions-KMS5"],
        remediation: "set retentionInDays and kmsKeyId of the log group, and enableKeyRotation of the key.",
        settings,
        checks: (stack, configured) => {
            const { logRetentionDays } = settled(settings, configured);
            return [
                ...each(stack.ofType("aws:cloudwatch/logGroup:LogGroup"), (group) => {
                    const [days, key] = [group.props.get("retentionInDays"), group.props.get("kmsKeyId")];
                    const isOwn = group.sources("kmsKeyId", "aws:kms/key:Key").length === 1;
                    return [
                        ...days.require(
                            (days.number ?? 0) >= logRetentionDays,
                            `at least ${logRetentionDays}, and not for ever`,
                        ),
                        ...key.require(
                            !key.isMissing && (isOwn || (key.text ?? "").startsWith("arn:")),
                            "a customer-managed key",
                        ),
                    ];
                }),
                ...each(stack.ofType("aws:kms/key:Key"), ({ props }) => {
                    const [rotates, period] = [
                        props.get("enableKeyRotation"),
                        props.get("rotationPeriodInDays"),
                    ];
                    return [
                        ...rotates.require(rotates.isTrue, "true"),
                        ...period.require(period.isUnknown || period.numberOr(365) <= 365, "at most 365"),
                    ];
                }),
            ];
        },
    };
}
