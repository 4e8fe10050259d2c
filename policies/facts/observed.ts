import { joinedParts } from "./handOver";
import { phaseOf } from "./phase";
import { ecsServices } from "./sidecar";
import type { Resource, Stack } from "./stack";
import { stagesOf } from "./stages";

/** What somebody must see and be told of: public APIs, and the services behind them. */
export interface Observed {
    readonly stages: readonly Resource[];
    readonly services: readonly Resource[];
}

const nothing: Observed = { stages: [], services: [] };

/**
 * A program that publishes APIs behind an edge of its own has clients, whom it fails first. A guest's resources are seen by whoever
 * they belong to; what AWS counts of applications without proxies is not the mesh's.
 */
export function observedIn(stack: Stack): Observed {
    const stages = stagesOf(stack);
    return stages.length === 0 || joinedParts(stack).length > 0
        ? nothing
        : { stages, services: phaseOf(stack).proxies ? ecsServices(stack) : [] };
}
