/** A price of AWS's for eu-central-1, November 2026 price lists, rounded up; in US dollars. */
interface Cost {
    readonly what: string;
    readonly perHour: number;
    readonly once: number;
}

/** vCPU-hour 0.04656, GB-hour 0.00511 on Linux/x86: four tasks of 0.25 to 0.5 vCPU and 0.5 to 1 GB, doubled while they are replaced. */
export const costs: readonly Cost[] = [
    { what: "Fargate, 3 tasks, doubled while they are replaced", perHour: 0.12, once: 0 },
    { what: "network load balancer", perHour: 0.03, once: 0 },
    { what: "8 interface endpoints in 2 zones", perHour: 0.2, once: 0 },
    { what: "AWS WAF: Web ACL and rules, by the hour", perHour: 0.03, once: 0 },
    { what: "KMS key, hosted metrics and alarms, by the hour", perHour: 0.15, once: 0 },
    { what: "requests, logs, traces", perHour: 0, once: 0.1 },
];

/** A deploy and a destroy of the probe (load balancer, VPC link, endpoints), and the waiting for logs and metrics. */
export const MINUTES = { deploy: 20, checks: 75, destroy: 20 } as const;

export function estimate(): { readonly dollars: number; readonly minutes: number; readonly text: string } {
    const minutes = Object.values(MINUTES).reduce((sum, each) => sum + each, 0);
    const dollars = costs.reduce((sum, { once, perHour }) => sum + once + (perHour * minutes) / 60, 0);
    const lines = costs.map(
        ({ once, perHour, what }) => `  ${what}: $${(once + (perHour * minutes) / 60).toFixed(2)}`,
    );
    const text = [
        `About ${minutes} minutes (deploy ${MINUTES.deploy}, checks ${MINUTES.checks}, destroy ${MINUTES.destroy}) and $${dollars.toFixed(2)}:`,
        ...lines,
        "An AWS Private CA is not made; one that you bring is asked for three certificates.",
    ].join("\n");
    return { dollars, minutes, text };
}
