import { atLeast, settled } from "../configuration";
import type { Finding } from "../finding";
import type { Resource } from "../facts/stack";
import { each, type Rule } from "../rule";

const cacheType = "aws:elasticache/serverlessCache:ServerlessCache";
const cacheUserType = "aws:elasticache/user:User";
const userGroupType = "aws:elasticache/userGroup:UserGroup";
/** Words of an access string that open everything, or let anybody in. Source: Valkey, "ACL". */
const opensAll = /(^|\s)(\+@all|allcommands|~\*|%RW?~\*|allkeys|nopass)(\s|$)/i;

const settings = { logRetentionDays: atLeast(7, 3653) };

/** ADR-003, "Log aggregation", "Traffic encryption": what is kept is encrypted and ends some day. */
export function baseEncryption(): Rule {
    return {
        id: "base-encryption",
        title: "Logs end; what is kept is encrypted; keys rotate",
        description:
            "Every log group has a retention and a customer-managed key, and every such key rotates; every cache has one too, and users with a password and few commands.",
        clause: "Log aggregation; Traffic encryption",
        severity: "medium",
        controls: ["Security Hub KMS.4", "cdk-nag AwsSolutions-KMS5"],
        remediation: "set retentionInDays and kmsKeyId of the log group, and enableKeyRotation of the key.",
        settings,
        checks: (stack, configured) => {
            const { logRetentionDays } = settled(settings, configured);
            return [
                ...each(stack.ofType("aws:cloudwatch/logGroup:LogGroup"), (group) => {
                    const [days, key] = [group.props.get("retentionInDays"), group.props.get("kmsKeyId")];
                    const isOwn = group.sources("kmsKeyId", "aws:kms/key:Key").length === 1;
                    const kind = group.props.get("logGroupClass");
                    return [
                        ...kind.require(
                            kind.isMissing || kind.text === "STANDARD" || group.isComputed("logGroupClass"),
                            '"STANDARD": others know no metric filters, or no retention',
                        ),
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
                ...each(stack.ofType(cacheType), isEncrypted),
                ...each(stack.ofType(cacheUserType), signsIn),
                ...each(stack.ofType("aws:kms/key:Key"), (key) => {
                    const { props } = key;
                    const [rotates, period, enabled] = [
                        props.get("enableKeyRotation"),
                        props.get("rotationPeriodInDays"),
                        props.get("isEnabled"),
                    ];
                    return [
                        ...enabled.require(
                            enabled.isMissing || enabled.isTrue || key.isComputed("isEnabled"),
                            "true: what it encrypts stays unread",
                        ),
                        ...rotates.require(rotates.isTrue, "true"),
                        ...period.require(period.isUnknown || period.numberOr(365) <= 365, "at most 365"),
                    ];
                }),
            ];
        },
    };
}

/** A serverless cache speaks TLS only; its key and its users are up to the program. */
function isEncrypted(cache: Resource): readonly Finding[] {
    const [key, users, engine] = [
        cache.props.get("kmsKeyId"),
        cache.props.get("userGroupId"),
        cache.props.get("engine"),
    ];
    const isOwn = cache.sources("kmsKeyId", "aws:kms/key:Key").length === 1;
    return [
        ...key.require(
            !key.isMissing && (isOwn || (key.text ?? "").startsWith("arn:")),
            "a customer-managed key",
        ),
        ...users.require(
            cache.sources("userGroupId", userGroupType).length === 1,
            "a user group of this program: without one everybody may do everything",
        ),
        ...engine.require(
            ["valkey", "redis"].includes(engine.text ?? ""),
            '"valkey" or "redis", which know users',
        ),
    ];
}

function signsIn({ props }: Resource): readonly Finding[] {
    const [mode, open, access] = [
        props.get("authenticationMode", "type"),
        props.get("noPasswordRequired"),
        props.get("accessString"),
    ];
    return [
        ...mode.require(["password", "iam"].includes(mode.text ?? ""), '"password" or "iam"'),
        ...open.require(open.isOff, "false"),
        ...access.require(
            access.text !== undefined && !opensAll.test(access.text),
            "only the keys and commands that are needed",
        ),
    ];
}
