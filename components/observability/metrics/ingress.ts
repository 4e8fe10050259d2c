import { unknowns } from "../unknowns";
import type { Metric } from "./metric";

const namespace = "AWS/NetworkELB";
const { loadBalancer: LoadBalancer, targetGroup: TargetGroup } = unknowns;

export function ingressHosts(name: "HealthyHostCount" | "UnHealthyHostCount"): Metric {
    return { namespace, name, dimensions: { LoadBalancer, TargetGroup } };
}

export function ingressFlows(
    name: "ActiveFlowCount" | "NewFlowCount" | "ProcessedBytes" | "TCP_Target_Reset_Count",
): Metric {
    return { namespace, name, dimensions: { LoadBalancer } };
}
