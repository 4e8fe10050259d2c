import type { ObservedGateway, ObservedVersion } from "../observed";
import { unknowns } from "../unknowns";
import type { Metric } from "./metric";

type StageMetric = "Count" | "4XXError" | "5XXError" | "Latency" | "IntegrationLatency";

export function stageMetric(name: StageMetric, { restApi, version }: ObservedVersion): Metric {
    return { namespace: "AWS/ApiGateway", name, dimensions: { ApiName: restApi, Stage: version } };
}

/** Every rule together. Source: AWS WAF, "AWS WAF metrics and dimensions". */
export const everyRule = "ALL";

/** Requests that a rule of the Web ACL refused. */
export function refusedByRule(rule: string, { webAcl }: ObservedGateway, region: string): Metric {
    return {
        namespace: "AWS/WAFV2",
        name: "BlockedRequests",
        dimensions: { WebACL: webAcl.name, Region: region, Rule: rule },
    };
}

/** Days until the certificate of the public domain ends. */
export const edgeCertificateDays: Metric = {
    namespace: "AWS/CertificateManager",
    name: "DaysToExpiry",
    dimensions: { CertificateArn: unknowns.edgeCertificate },
};
