import type { ResourceValidationPolicy } from "@pulumi/policy";
import { copyPlain, isPlainObject, unknown, type Plain } from "./facts/plain";

/** A fix that leaves no choice: one property, one value. */
export interface Remediation {
    readonly id: string;
    /** The rule that would refuse the resource without it. */
    readonly rule: string;
    readonly title: string;
    readonly type: string;
    /** Where the value stands, from the outside in. */
    readonly path: readonly [string, ...string[]];
    readonly value: boolean | number;
    /** Values that are as good, and stay. */
    readonly accepts: (value: unknown) => boolean;
    /** Whether the resource has the property at all. @default it has */
    readonly applies?: (props: Plain) => boolean;
}

export const remediations: readonly Remediation[] = [
    {
        id: "fix-log-retention",
        rule: "base-encryption",
        title: "Log groups end after 30 days",
        type: "aws:cloudwatch/logGroup:LogGroup",
        path: ["retentionInDays"],
        value: 30,
        accepts: (days) => typeof days === "number" && days > 0,
    },
    {
        id: "fix-key-rotation",
        rule: "base-encryption",
        title: "Keys rotate",
        type: "aws:kms/key:Key",
        path: ["enableKeyRotation"],
        value: true,
        accepts: (rotates) => rotates === true,
    },
    {
        id: "fix-tracing",
        rule: "gateway-observability",
        title: "Stages trace with X-Ray",
        type: "aws:apigateway/stage:Stage",
        path: ["xrayTracingEnabled"],
        value: true,
        accepts: (traces) => traces === true,
    },
    {
        id: "fix-body-logging",
        rule: "gateway-observability",
        title: "Methods log no bodies",
        type: "aws:apigateway/methodSettings:MethodSettings",
        path: ["settings", "dataTraceEnabled"],
        value: false,
        accepts: (logs) => logs === undefined || logs === false,
    },
    {
        id: "fix-default-endpoint",
        rule: "gateway-endpoint",
        title: "APIs answer at their domain only",
        type: "aws:apigateway/restApi:RestApi",
        path: ["disableExecuteApiEndpoint"],
        value: true,
        accepts: (disabled) => disabled === true,
    },
    {
        id: "fix-invalid-headers",
        rule: "mesh-membership",
        title: "Load balancers drop invalid headers",
        type: "aws:lb/loadBalancer:LoadBalancer",
        path: ["dropInvalidHeaderFields"],
        value: true,
        accepts: (drops) => drops === true,
        applies: (props) => isPlainObject(props) && props.loadBalancerType !== "network",
    },
];

/**
 * The fix as the engine runs it, at the level `remediate` only, which a user's configuration must ask for: what is deployed then
 * differs from what the program says, and the engine's output shows each difference. The rules judge what came of it.
 */
export function asRemediation({
    id,
    rule,
    title,
    type,
    path,
    value,
    accepts,
    applies,
}: Remediation): ResourceValidationPolicy {
    return {
        name: id,
        displayName: title,
        description: `${title}: sets ${path.join(".")} to ${value} where ${rule} would refuse it.`,
        enforcementLevel: "mandatory",
        url: `docs/policies.md#remediation`,
        remediateResource: (args) => {
            if (args.type !== type || applies?.(copyPlain(() => args.props)) === false) {
                return undefined;
            }
            const [owner, name] = ownerOf(args.props, path);
            const found = name === undefined ? unknown : copyPlain(() => owner[name]);
            if (name === undefined || found === unknown || accepts(found ?? undefined)) {
                return undefined;
            }
            owner[name] = value;
            return args.props;
        },
    };
}

type Props = Record<string, unknown>;

/** The object that holds the property; no name where an unknown or nothing stands on the way. */
function ownerOf(props: Props, path: readonly string[]): readonly [Props, string | undefined] {
    let owner = props;
    for (const step of path.slice(0, -1)) {
        if (!isPlainObject(copyPlain(() => owner[step]))) {
            return [owner, undefined];
        }
        owner = owner[step] as Props;
    }
    return [owner, path.at(-1)];
}
