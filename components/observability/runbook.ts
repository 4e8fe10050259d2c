/** Sections of docs/runbook.md, each with the title that its link is made of. A test holds the two equal. */
export const runbookEntries = [
    "api-unhealthy",
    "service-unhealthy",
    "error-budget",
    "error-rate",
    "latency",
    "too-many-requests",
    "authentication-failures",
    "no-data",
    "unhealthy-hosts",
    "breaker-open",
    "limiter-silent",
    "tls-failures",
    "certificate-expiry",
] as const;

export type RunbookEntry = (typeof runbookEntries)[number];

/** `https://…/docs/runbook.md#error-rate` */
export function runbookLink(runbookUrl: string, entry: RunbookEntry): string {
    return `${runbookUrl}#${entry}`;
}
