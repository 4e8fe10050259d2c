import { Unjudgeable } from "../finding";
import { isOfJoinedEdge } from "./handOver";
import { joined, joinedUnless } from "./join";
import type { Resource, Stack } from "./stack";
import { stageType } from "./stages";
import type { Value } from "./value";

const associationType = "aws:wafv2/webAclAssociation:WebAclAssociation";
const webAclType = "aws:wafv2/webAcl:WebAcl";

/** The one Web ACL in front of a stage; nothing where it is that of another stack's edge, which is judged there. */
export function webAclOf(stage: Resource, stack: Stack): Resource | undefined {
    const associations = stack
        .ofType(associationType)
        .filter((association) =>
            association.sources("resourceArn", stageType).some(({ urn }) => urn === stage.urn),
        );
    const [association, ...others] = associations;
    if (association === undefined || others.length > 0) {
        throw new Unjudgeable({
            at: "Web ACL",
            found: association === undefined ? "no association" : `${associations.length} associations`,
            required: "exactly one WebAclAssociation whose resourceArn is the stage's arn",
        });
    }
    joined(association, "resourceArn", stageType, arnOf);
    return joinedUnless(
        (arn) => isOfJoinedEdge(arn, stack, "webAclArn"),
        association,
        "webAclArn",
        webAclType,
        arnOf,
    );
}

function arnOf({ props }: Resource): readonly (string | undefined)[] {
    return [props.get("arn").text];
}

/** Rules in the order in which WAF evaluates them. */
export function webAclRules(webAcl: Resource): readonly Value[] {
    const json = webAcl.props.get("ruleJson");
    if (!json.isMissing && json.text !== "") {
        throw json.unjudgeable("nothing: the rules in `rules`");
    }
    return [...webAcl.props.get("rules").items()].sort((a, b) => priorityOf(a) - priorityOf(b));
}

/** Those of a Web ACL's rules that every request meets: all ahead of the first that can allow. */
export function reachedRules(rules: readonly Value[]): readonly Value[] {
    const firstAllow = rules.findIndex(mayAllow);
    return firstAllow < 0 ? rules : rules.slice(0, firstAllow);
}

function priorityOf(rule: Value): number {
    const priority = rule.get("priority").number;
    if (priority === undefined) {
        throw rule.get("priority").unjudgeable("a number that is known at preview");
    }
    return priority;
}

/** What a rule does with a request that it matches: `block`, `allow`, `count`…, or nothing for a rule group. */
export function actionOf(rule: Value): string | undefined {
    const [action, ...others] = rule.get("action").fields;
    return others.length === 0 ? action : undefined;
}

/**
 * Whether a request that the rule matches may skip every later rule. Somebody else's rule group may allow what it likes.
 * Source: AWS WAF, "Rule action options" (allow ends the evaluation).
 */
function mayAllow(rule: Value): boolean {
    const managed = rule.get("statement", "managedRuleGroupStatement");
    const overrides = managed.get("ruleActionOverrides").items();
    return (
        rule.get("action", "allow").isUnknown ||
        rule.get("action").fields.includes("allow") ||
        !rule.get("statement", "ruleGroupReferenceStatement").isMissing ||
        (!managed.isMissing && managed.get("vendorName").text !== "AWS") ||
        overrides.some((override) => override.get("actionToUse").fields.includes("allow"))
    );
}
