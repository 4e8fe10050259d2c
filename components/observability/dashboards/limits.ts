/**
 * Source: CloudWatch API reference, "Dashboard Body Structure and Syntax" and PutDashboard; CloudWatch user guide, "CloudWatch service
 * quotas" (metrics in one widget and in one dashboard).
 */
export const limits = {
    widgets: 500,
    metricsOfWidget: 500,
    metricsOfDashboard: 2500,
    alarmsOfWidget: 100,
    height: 1000,
    name: 255,
};
