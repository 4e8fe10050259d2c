import type { Resource, Stack } from "./stack";
import { stageType } from "./stages";
import type { Value } from "./value";

const usagePlanType = "aws:apigateway/usagePlan:UsagePlan";

export function usagePlans(stack: Stack): readonly Resource[] {
    return stack.ofType(usagePlanType);
}

/**
 * Plans that hold a stage. While the ids are unknown the stages from which `apiStages` was made decide; there must be as many as
 * entries, so that none stands there without being one. Once the ids are known an entry must name the stage.
 */
export function plansOf(stage: Resource, plans: readonly Resource[]): readonly Resource[] {
    return plans.filter((plan) => {
        const sources = plan.sources("apiStages", stageType);
        return (
            sources.some(({ urn }) => urn === stage.urn) && entriesOf(plan, stage, sources.length).length > 0
        );
    });
}

function entriesOf(plan: Resource, stage: Resource, sources: number): readonly Value[] {
    const entries = plan.props.get("apiStages");
    if (entries.items().length !== sources) {
        throw entries.unjudgeable(
            "one entry for each stage whose stageName it is made from",
            `${entries.items().length} entries made from ${sources} stages`,
        );
    }
    const { props } = stage;
    return entries
        .items()
        .filter(
            (entry) =>
                agree(entry.get("apiId"), props.get("restApi")) &&
                agree(entry.get("stage"), props.get("stageName")),
        );
}

function agree(a: Value, b: Value): boolean {
    return a.isUnknown || b.isUnknown || (a.text !== undefined && a.text === b.text);
}

/** Every throttle that a plan sets: its own, and those for single methods. */
export function throttlesOf(plan: Resource): readonly Value[] {
    const methods = plan.props
        .get("apiStages")
        .items()
        .flatMap((entry) => entry.get("throttles").items());
    return [plan.props.get("throttleSettings"), ...methods];
}
