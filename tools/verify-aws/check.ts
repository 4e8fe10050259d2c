import type { Aws } from "./aws";
import type { Ask } from "./http";
import type { Outputs } from "./outputs";

/** What was seen: whether the assumption holds, and by what. Undefined where this run had nothing to see it by. */
export interface Finding {
    readonly holds: boolean | undefined;
    readonly observed: string;
}

/** What a check works with. */
export interface Probe {
    readonly ask: Ask;
    readonly aws: Aws;
    readonly outputs: Outputs;
    readonly settings: ProbeTarget;
    /** Access token of a consumer, asked for once. */
    readonly token: (consumer: "full" | "writer") => Promise<string>;
    /** Asks again until `done`, at most `minutes`; returns the last answer. */
    readonly until: <T>(minutes: number, look: () => Promise<T>, done: (value: T) => boolean) => Promise<T>;
    /** Deploys once more, with another setting. */
    readonly redeploy: (settings: Readonly<Record<string, string>>) => Promise<void>;
    readonly environment: NodeJS.ProcessEnv;
    readonly now: () => Date;
}

export interface ProbeTarget {
    readonly prefix: string;
    readonly region: string;
    /** The first, and the second of two. */
    readonly origins: readonly [string, string];
    readonly privateCaArn: string | undefined;
    readonly issuer: { readonly issuer: string; readonly audiences: readonly string[] } | undefined;
    /** A stack that has just made a step of its migration. */
    readonly migrating:
        | {
              readonly prefix: string;
              readonly apis: readonly string[];
              readonly clusterArn: string;
              readonly serviceArns: readonly string[];
          }
        | undefined;
    /** The service of a stack with `rateLimit.shared`. */
    readonly limiter: { readonly clusterArn: string; readonly serviceArn: string } | undefined;
    /** Name of the role by which CI deploys the user's own stack. */
    readonly deployRole: string | undefined;
    /** A token of that issuer, where one is configured. */
    readonly issuerToken: string | undefined;
}

/** One row of docs/unproven.md. */
export interface Check {
    readonly entry: number;
    readonly title: string;
    /** What only AWS can answer even where everything that answers is played: why a rehearsal says nothing. */
    readonly notHere?: string;
    readonly run: (probe: Probe) => Promise<Finding>;
}

export function holds(holds: boolean, observed: string): Finding {
    return { holds, observed };
}

export function notSeen(observed: string): Finding {
    return { holds: undefined, observed };
}
