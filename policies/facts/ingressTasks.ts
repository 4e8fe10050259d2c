import type { Resource, Stack } from "./stack";

const scalingTargetType = "aws:appautoscaling/target:Target";
const scheduledType = "aws:appautoscaling/scheduledAction:ScheduledAction";

/** Most tasks that a service may run, or not a number where it is unknown: each holds buckets of its own. */
export function mostTasks(service: Resource, stack: Stack): number {
    const name = service.props.get("name").text ?? service.name;
    const isFor = (scaling: Resource): boolean =>
        scaling.sources("resourceId", service.type).some(({ urn }) => urn === service.urn) ||
        (scaling.props.get("resourceId").text ?? "").endsWith(`/${name}`);
    const targets = stack.ofType(scalingTargetType).filter(isFor);
    const scheduled = stack
        .ofType(scheduledType)
        .filter(
            (action) =>
                isFor(action) ||
                action
                    .sources("resourceId", scalingTargetType)
                    .some(({ urn }) => targets.some((each) => each.urn === urn)),
        );
    const most = [
        ...targets.map(({ props }) => props.get("maxCapacity").number ?? Number.NaN),
        ...scheduled.map(({ props }) => props.get("scalableTargetAction", "maxCapacity").numberOr(0)),
    ];
    return Math.max(1, service.props.get("desiredCount").numberOr(1), ...most);
}
