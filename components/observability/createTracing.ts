import * as xray from "@pulumi/aws/xray";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../transform";
import type { TrafficObservabilityTransform } from "./observabilityArgs";
import type { SamplingRule, TraceGroup, Tracing } from "./tracing";

export interface TracingNodes {
    readonly traceGroups: Readonly<Record<string, xray.Group>>;
    readonly samplingRules: Readonly<Record<string, xray.SamplingRule>>;
}

export function createTracing(
    name: string,
    { groups, rules }: Tracing,
    transform: TrafficObservabilityTransform,
    parent: pulumi.Resource,
): TracingNodes {
    const traceGroups = groups.map((group) => [
        group.key,
        new xray.Group(`${name}-${group.key}-traces`, transformed(groupArgs(group), transform.traceGroup), {
            parent,
        }),
    ]);
    const samplingRules = rules.map((rule) => [
        rule.key,
        new xray.SamplingRule(
            `${name}-${rule.key}-sampling`,
            transformed(samplingArgs(rule), transform.samplingRule),
            { parent },
        ),
    ]);
    return {
        traceGroups: Object.fromEntries(traceGroups) as TracingNodes["traceGroups"],
        samplingRules: Object.fromEntries(samplingRules) as TracingNodes["samplingRules"],
    };
}

function groupArgs({ filter, name }: TraceGroup): xray.GroupArgs {
    return { groupName: name, filterExpression: filter };
}

/** The version is that of the rules' format; X-Ray knows one. */
function samplingArgs(rule: SamplingRule): xray.SamplingRuleArgs {
    return {
        ruleName: rule.name,
        priority: rule.priority,
        version: 1,
        reservoirSize: rule.perSecond,
        fixedRate: rule.share,
        serviceName: rule.serviceName,
        serviceType: rule.serviceType,
        host: "*",
        httpMethod: "*",
        urlPath: "*",
        resourceArn: "*",
    };
}
