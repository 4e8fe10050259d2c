import type { Issue } from "../model/issues";

/** A deployment starts as many new tasks as there are old ones before it ends those. */
const whileDeploying = 2;

/** Room for tasks in the mesh's namespace. How many tasks a service may have only its own component knows, so each takes its share. */
export class NamespaceRoom {
    private taken = 0;

    constructor(
        private readonly namespace: string,
        private readonly instances: number,
    ) {}

    /** The issue of a service whose tasks, at their most and twice while it is deployed, no longer fit. */
    take(tasks: number): readonly Issue[] {
        this.taken += tasks * whileDeploying;
        if (this.taken <= this.instances) {
            return [];
        }
        const others = this.taken - tasks * whileDeploying;
        const left = Math.max(0, Math.floor((this.instances - others) / whileDeploying));
        const want = `at most ${left}: the namespace ${this.namespace} may have ${this.instances} instances (AWS Cloud Map service quotas, "Instances per namespace"), and the services before this one take ${others} of them, each at its largest and twice while it is deployed; or fewer tasks there, or quotas.instances of the mesh once AWS has granted more`;
        return [{ path: "desiredCount", got: tasks, want }];
    }
}
