import type { ObservedMesh } from "../observed";

/** What the dashboard of the path shows, as far as the migration has come (docs/migration.md). */
export function introduction({ entrance, members }: ObservedMesh, groups: readonly string[]): string {
    return [
        `**client → AWS WAF → API Gateway → load balancer → ${entrance === "ingress" ? "mesh ingress → service" : "service"}.**`,
        ...(entrance === "ingress" ? inAllLayers : members.length > 0 ? pastProxies : atGateway),
        "Traces are in X-Ray, in the groups",
        `${groups.map((group) => `\`${group}\``).join(" and ")}. What to do about an alarm stands in docs/runbook.md.`,
    ].join(" ");
}

const inAllLayers = [
    "One request id is in the logs of every layer:",
    "the saved query `one-request` shows its lines in order.",
];

const pastProxies = [
    "Until phase 3 the gateway's requests reach a service's application past its proxy: what ingress and services count here are calls between services.",
    "The gateway's request id is in their logs as far as applications pass it on: the saved query `one-request` shows its lines in order.",
];

const atGateway = [
    "Services have no proxies yet: the gateway alone logs requests. It hands each request's id to the service as `x-request-id`.",
];
