import * as http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Instance } from "../../../local/lab/Instance";
import type { LabRequest, MeshLab } from "../../../local/lab/MeshLab";
import { services, type ServiceName } from "../../../stacks/catalogue";

/** Requests that go on in the background. */
export interface Stream {
    /** How many have been answered. */
    answered(): number;
    /** Statuses of all of them. */
    end(): Promise<readonly number[]>;
}

/** One edge of the call graph, used by the caller's application. */
export class Edge {
    constructor(
        readonly lab: MeshLab,
        readonly caller: string,
        readonly callee: ServiceName,
    ) {}

    /** The answer's status. */
    async ask(request: LabRequest = {}): Promise<number> {
        const { localPort } = services[this.callee];
        return (await this.lab.call(this.caller, localPort, request)).status;
    }

    /** Statuses of `count` requests, of which `concurrency` are in flight at any time. */
    async load(count: number, concurrency: number, request: LabRequest = {}): Promise<readonly number[]> {
        const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
        const statuses: number[] = [];
        let begun = 0;
        const worker = async (): Promise<void> => {
            while (begun < count) {
                begun += 1;
                const number = begun;
                statuses.push(await this.ask({ path: `/requests/${number}`, ...request, agent }));
            }
        };
        await Promise.all(Array.from({ length: concurrency }, worker));
        agent.destroy();
        return statuses;
    }

    /** Keeps this many requests in flight until it is told to end; 0 stands for a request without an answer. */
    stream(concurrency: number, request: LabRequest = {}): Stream {
        const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
        const statuses: number[] = [];
        let ending = false;
        const worker = async (): Promise<void> => {
            while (!ending) {
                statuses.push(await this.ask({ ...request, agent }).catch(() => 0));
            }
        };
        const workers = Promise.all(Array.from({ length: concurrency }, worker));
        return {
            answered: () => statuses.length,
            end: async () => {
                ending = true;
                await workers;
                agent.destroy();
                return statuses;
            },
        };
    }

    /** A number of the caller's cluster for the callee, for example `membership_healthy`. */
    async statistic(name: string): Promise<number> {
        return this.lab.envoy(this.caller).statistic(`cluster.${this.callee}.${name}`);
    }

    /** Waits until the caller has this many healthy instances of the callee. */
    async knows(count: number): Promise<void> {
        const what = `${this.caller} knows ${count} of ${this.callee}`;
        await until(what, async () => (await this.statistic("membership_healthy")) === count);
    }
}

/** Only against what hangs, in seconds: a busy machine takes many times what a quiet one does. */
const HANGS = 600;

export async function until(
    what: string,
    holds: () => boolean | Promise<boolean>,
    withinSeconds = HANGS,
): Promise<void> {
    const deadline = Date.now() + withinSeconds * 1000;
    while (!(await holds())) {
        if (Date.now() > deadline) {
            throw new Error(`not within ${withinSeconds} s: ${what}`);
        }
        await sleep(50);
    }
}

/** Requests that reached the instances' applications. */
export function seenBy(instances: readonly Instance[]): readonly number[] {
    return instances.map(({ stub }) => stub.seen.length);
}

export function forget(instances: readonly Instance[]): void {
    for (const { stub } of instances) {
        stub.seen.length = 0;
    }
}

export function count(statuses: readonly number[], status: number): number {
    return statuses.filter((candidate) => candidate === status).length;
}

/** What the other side of a refused connection gives as the reason. */
export async function refusal(attempt: Promise<{ readonly status: number }>): Promise<string> {
    return attempt.then(
        ({ status }) => `answered ${status}`,
        (error: unknown) => String(error),
    );
}
