import type { Issue } from "../model/issues";

/** A deployment starts as many new tasks as there are old ones before it ends those. */
const whileDeploying = 2;

/** What has room for so many addresses of tasks. */
export interface Room {
    /** The end of the sentence "… may have": `the namespace shop.internal`. */
    readonly what: string;
    readonly addresses: number;
    /** Page of AWS's that states the number. */
    readonly source: string;
    /** What else to do, as the end of the sentence "or …". */
    readonly otherwise: string;
}

/** Room for the tasks of services. How many tasks a service may have only its own component knows, so each takes its share. */
export class TaskRoom {
    private taken = 0;

    constructor(private readonly room: Room) {}

    /** The issue of a service whose tasks, at their most and twice while it is deployed, no longer fit. */
    take(tasks: number): readonly Issue[] {
        const others = this.taken;
        this.taken += tasks * whileDeploying;
        const { addresses, otherwise, source, what } = this.room;
        if (this.taken <= addresses) {
            return [];
        }
        const left = Math.max(0, Math.floor((addresses - others) / whileDeploying));
        const want = `at most ${left}: ${what} may have ${addresses} (${source}), and the services before this one take ${others} of them, each at its largest and twice while it is deployed; or fewer tasks there, or ${otherwise}`;
        return [{ path: "desiredCount", got: tasks, want }];
    }
}

/** Addresses that are kept for a component with so many tasks. */
export function addressesOf(tasks: number): number {
    return tasks * whileDeploying;
}
