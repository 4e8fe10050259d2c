/** Part of the bill, in US dollars for eu-central-1; each count is at least what the probe makes. */
interface Cost {
    readonly what: string;
    readonly perHour: number;
    readonly once?: number;
    /** Where the price stands, and of when; what could not be found for the region says so. */
    readonly source: string;
}

const HOURS_A_MONTH = 730;
const monthly = (dollars: number): number => dollars / HOURS_A_MONTH;

/** Looked up on 2026-11-24. AWS shows its prices by region in tables that a stored page does not hold: where possible AWS's price list is quoted. */
export const costs: readonly Cost[] = [
    {
        what: "Fargate, 4 tasks (2.5 vCPU and 5 GB while they are replaced)",
        perHour: 2.5 * 0.04656 + 5 * 0.00511,
        source: "AWS price list AmazonECS, EUC1-Fargate-vCPU-Hours:perCPU and EUC1-Fargate-GB-Hours, of 2026-07-07, as a public copy quotes it",
    },
    {
        what: "network load balancer, with one capacity unit",
        perHour: 0.027 + 0.006,
        source: "a published bill of eu-central-1: 19.44 for a month's EUC1-LoadBalancerUsage, whatever its kind; the unit 0.006 is Seoul's, Frankfurt's was not found (0.006 to 0.008 elsewhere)",
    },
    {
        what: "7 interface endpoints in 2 zones",
        perHour: 7 * 2 * 0.012,
        source: "AWS price list AmazonVPC, EUC1-VpcEndpoint-Hours, of 2026-09-22, as a public copy quotes it; aws.amazon.com/privatelink/pricing: each zone, each begun hour",
    },
    {
        what: "AWS WAF: a Web ACL and at most 15 rules",
        perHour: monthly(5 + 15 * 1),
        source: '5 and 1 a month in 2026; AWS Networking blog, "Cost-effective ways for securing your web applications using AWS WAF": the same in all regions, by the hour',
    },
    {
        what: "a KMS key",
        perHour: monthly(1),
        source: "aws.amazon.com/kms/pricing: 1 a month; nothing for a key that waits for its deletion",
    },
    {
        what: "CloudWatch: 4 composite alarms, 25 alarms of at most 10 metrics, at most 100 metrics of its own",
        perHour: monthly(4 * 0.5 + 250 * 0.1 + 100 * 0.3),
        source: "US East's 0.50, 0.10 and 0.30 a month (signoz.io/guides/cloudwatch-pricing, 2026-02-15); Frankfurt's were not found",
    },
    {
        what: "Cognito: 2 app clients of machines",
        perHour: monthly(2 * 6),
        once: 2 * 0.00225,
        source: "6 a month by the second and 2.25 for 1000 tokens (announced 2024-05-09, as read for Tokyo and US East); Frankfurt's were not found",
    },
    {
        what: "requests, logs, traces",
        perHour: 0,
        once: 0.1,
        source: "a bound, not a price: some 5,000 requests, less than 100 MB of logs and some traces",
    },
];

/** A deploy and a destroy of the probe (load balancer, VPC link, endpoints), and the waiting for logs and metrics. */
export const MINUTES = { deploy: 20, checks: 75, destroy: 20 } as const;

export function estimate(): { readonly dollars: number; readonly minutes: number; readonly text: string } {
    const minutes = Object.values(MINUTES).reduce((sum, each) => sum + each, 0);
    // Load balancers and endpoints are billed by the begun hour; by that hour everything is reckoned.
    const hours = Math.ceil(minutes / 60);
    const costOf = ({ once = 0, perHour }: Cost): number => once + perHour * hours;
    const dollars = costs.reduce((sum, cost) => sum + costOf(cost), 0);
    const text = [
        `About ${minutes} minutes (deploy ${MINUTES.deploy}, checks ${MINUTES.checks}, destroy ${MINUTES.destroy}) and $${dollars.toFixed(2)}, at the prices of eu-central-1 as far as they were found (tools/verify-aws/estimate.ts):`,
        ...costs.map((cost) => `  ${cost.what}: $${costOf(cost).toFixed(2)}`),
        "An AWS Private CA is not made; one that you bring is asked for three certificates.",
    ].join("\n");
    return { dollars, minutes, text };
}
