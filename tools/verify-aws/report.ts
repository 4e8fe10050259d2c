import type { Finding } from "./check";
import type { Verdict } from "./run";

const words = ({ holds }: Finding): string => (holds === undefined ? "NOT SEEN" : holds ? "holds" : "WRONG");

export function line({ check, finding }: Verdict): string {
    return `${String(check.entry).padStart(2)} ${words(finding).padEnd(8)} ${check.title}: ${finding.observed}`;
}

/** What a user keeps: each row, what was seen, when and where. */
export function asMarkdown(verdicts: readonly Verdict[], about: Readonly<Record<string, string>>): string {
    const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
    return [
        "# What AWS did",
        "",
        ...Object.entries(about).map(([name, value]) => `- ${name}: ${value}`),
        "",
        "| row of docs/unproven.md | assumption | result | observed |",
        "| --- | --- | --- | --- |",
        ...[...verdicts]
            .sort((a, b) => a.check.entry - b.check.entry)
            .map(
                ({ check, finding }) =>
                    `| ${check.entry} | ${cell(check.title)} | ${words(finding)} | ${cell(finding.observed)} |`,
            ),
        "",
    ].join("\n");
}

export function summary(verdicts: readonly Verdict[]): string {
    const count = (holds: boolean | undefined): number =>
        verdicts.filter(({ finding }) => finding.holds === holds).length;
    return `${count(true)} hold, ${count(false)} are wrong, ${count(undefined)} were not seen`;
}
