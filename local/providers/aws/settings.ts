import type { Failure } from "../rpc/provider";
import { UNKNOWN, isList, isProps } from "../rpc/values";
import type { Props, Value } from "../rpc/values";
import { nearest } from "../schema/nearest";
import type { Scope } from "../table/reading";

/** AWS's own example account: nobody's. */
const EXAMPLE_ACCOUNT = "123456789012";

/** Keys that the engine adds to a provider's configuration. */
const ENGINES_OWN = ["version", "pluginDownloadURL", "__internal"];

export interface AwsSettings extends Scope {
    readonly defaultTags: Props;
}

/** Unknown settings and a missing region, as the real provider reports them. */
export function invalidSettings(config: Props, known: readonly string[]): readonly Failure[] {
    const unknown = Object.keys(config).filter((key) => !known.includes(key) && !ENGINES_OWN.includes(key));
    const failures = unknown.map((property) => {
        const meant = nearest(property, known);
        const hint = meant === undefined ? "" : ` (did you mean "aws:${meant}"?)`;
        return { property, reason: `the aws provider has no setting "aws:${property}"${hint}` };
    });
    return isGiven(config.region)
        ? failures
        : [...failures, { property: "region", reason: 'the aws provider needs a region: set "aws:region"' }];
}

/**
 * Where resources are emulated. A program that allows certain accounts only is given the first of those; settings that
 * concern access to AWS (profiles, roles, endpoints) are accepted and without effect.
 */
export function readSettings(config: Props): AwsSettings {
    const region = typeof config.region === "string" ? config.region : "";
    const [allowed] = asList(structured(config.allowedAccountIds));
    const defaultTags = structured(config.defaultTags);
    const tags = isProps(defaultTags) ? structured(defaultTags.tags) : undefined;
    return {
        account: typeof allowed === "string" ? allowed : EXAMPLE_ACCOUNT,
        region,
        partition: region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws",
        defaultTags: isProps(tags) ? tags : {},
    };
}

/** Lists and objects of a provider's configuration travel as JSON text. */
function structured(value: Value | undefined): Value | undefined {
    if (typeof value !== "string" || value === UNKNOWN) {
        return value;
    }
    try {
        return JSON.parse(value) as Value;
    } catch {
        return value;
    }
}

function asList(value: Value | undefined): readonly Value[] {
    return isList(value) ? value : [];
}

function isGiven(value: Value | undefined): boolean {
    return value !== undefined && value !== null && value !== "";
}
