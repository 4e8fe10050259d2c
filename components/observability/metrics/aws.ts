import type { EmittedMetrics } from "./emitted";

const docs = "https://docs.aws.amazon.com";
const ofStage = [["ApiName", "Stage"]];
const ofRule = [["WebACL", "Region", "Rule"]];
const ofTargetGroup = [["LoadBalancer", "TargetGroup"]];
const ofLoadBalancer = [["LoadBalancer"]];
const ofService = [["ClusterName", "ServiceName"]];

/**
 * What AWS's services write by themselves, as far as dashboards and alarms use it. `test/components/observability/awsMetrics.test.ts`
 * compares it with AWS's own specification where that has the namespace.
 */
export const awsMetrics: EmittedMetrics = {
    "AWS/ApiGateway": {
        source: `${docs}/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html`,
        metrics: {
            Count: ofStage,
            "4XXError": ofStage,
            "5XXError": ofStage,
            Latency: ofStage,
            IntegrationLatency: ofStage,
        },
    },
    "AWS/WAFV2": {
        source: `${docs}/waf/latest/developerguide/waf-metrics.html`,
        metrics: { BlockedRequests: ofRule },
    },
    "AWS/NetworkELB": {
        source: `${docs}/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html`,
        metrics: {
            HealthyHostCount: ofTargetGroup,
            UnHealthyHostCount: ofTargetGroup,
            ActiveFlowCount: ofLoadBalancer,
            NewFlowCount: ofLoadBalancer,
            ProcessedBytes: ofLoadBalancer,
            TCP_Target_Reset_Count: ofLoadBalancer,
        },
    },
    "AWS/ECS": {
        source: `${docs}/AmazonECS/latest/developerguide/available-metrics.html`,
        metrics: { CPUUtilization: ofService, MemoryUtilization: ofService },
    },
    "ECS/ContainerInsights": {
        source: `${docs}/AmazonCloudWatch/latest/monitoring/Container-Insights-enhanced-observability-metrics-ECS.html`,
        metrics: { RunningTaskCount: ofService, DesiredTaskCount: ofService },
    },
    "AWS/CertificateManager": {
        source: `${docs}/acm/latest/userguide/cloudwatch-metrics.html`,
        metrics: { DaysToExpiry: [["CertificateArn"]] },
    },
};
