import type { Resource, Stack } from "./stack";

const scalingTargetType = "aws:appautoscaling/target:Target";

/** Most tasks that a service may run, or not a number where it is unknown: each holds buckets of its own. */
export function mostTasks(service: Resource, stack: Stack): number {
    const name = service.props.get("name").text ?? service.name;
    const scaled = stack
        .ofType(scalingTargetType)
        .filter(
            (target) =>
                target.sources("resourceId", service.type).some(({ urn }) => urn === service.urn) ||
                (target.props.get("resourceId").text ?? "").endsWith(`/${name}`),
        )
        .map(({ props }) => props.get("maxCapacity").number ?? Number.NaN);
    return Math.max(1, service.props.get("desiredCount").numberOr(1), ...scaled);
}
