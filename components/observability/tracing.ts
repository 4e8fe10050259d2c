import { Issues, type Issue } from "../model/issues";
import type { Observed } from "./observed";

/** What X-Ray keeps. */
export interface TracingArgs {
    /** Requests a second that are always kept, over all APIs. @default 5 */
    readonly perSecond?: number;
    /** Share of the others. @default 0.05 */
    readonly share?: number;
    /** Seconds from which a trace counts as slow. @default 1 */
    readonly slowSeconds?: number;
}

export interface TraceGroup {
    readonly key: "failing" | "slow";
    readonly name: string;
    readonly filter: string;
}

export interface SamplingRule {
    readonly key: string;
    readonly name: string;
    readonly priority: number;
    /** Names of services, with `*`. */
    readonly serviceName: string;
    readonly serviceType: string;
    readonly perSecond: number;
    readonly share: number;
}

export interface Tracing {
    readonly groups: readonly TraceGroup[];
    readonly rules: readonly SamplingRule[];
}

/** Source: X-Ray API reference, CreateGroup and SamplingRule. */
const limits = { name: 32, serviceName: 64 };

/**
 * API Gateway decides for the whole trace, and hands the decision on. The first rule that matches holds: before the account's `Default`,
 * whose priority is 10,000. Source: API Gateway, "Configure AWS X-Ray sampling rules for API Gateway APIs".
 */
export function tracing({ gateway, mesh, prefix }: Observed, args: TracingArgs = {}): Tracing {
    const { perSecond = 5, share = 0.05, slowSeconds = 1 } = args;
    const stages = gateway.apis.flatMap(({ versions }) =>
        versions.map(({ restApi, version }) => `${restApi}/${version}`),
    );
    // The mesh's traces begin at its ingress, with the members' names: the gateway's are others.
    const members = mesh.telemetry === undefined ? [] : mesh.members.map(({ name }) => name);
    const ours = `(${[...stages, ...members].map((name) => `service("${name}")`).join(" OR ")})`;
    return {
        groups: [
            { key: "failing", name: `${prefix}-failing`, filter: `${ours} AND fault = true` },
            { key: "slow", name: `${prefix}-slow`, filter: `${ours} AND responsetime > ${slowSeconds}` },
        ],
        rules: [
            {
                key: "apis",
                name: `${prefix}-apis`,
                priority: 1000,
                serviceName: `${prefix}-*`,
                serviceType: "AWS::ApiGateway::Stage",
                perSecond,
                share,
            },
        ],
    };
}

export function checkTracing({ groups, rules }: Tracing): readonly Issue[] {
    const issues = new Issues();
    for (const { key, name } of [...groups, ...rules]) {
        const want = `at most ${limits.name} characters: a shorter project or stack name`;
        issues.require(name.length <= limits.name, `tracing.${key}`, name, want);
    }
    for (const { key, perSecond, serviceName, share } of rules) {
        const want = `at most ${limits.serviceName} characters`;
        issues.require(serviceName.length <= limits.serviceName, `tracing.${key}`, serviceName, want);
        issues.require(share >= 0 && share <= 1, "tracing.share", share, "a share from 0 to 1");
        const isRate = Number.isInteger(perSecond) && perSecond >= 0;
        issues.require(isRate, "tracing.perSecond", perSecond, "a whole number of at least 0");
    }
    return issues.all;
}
