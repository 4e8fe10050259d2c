import Table from "cli-table3";
import { describeBreaker, type Breaker } from "./breakers";
import type { DeployedEdge } from "./edges";
import type { EdgeCounts } from "./Traffic";

export interface ServiceRow {
    readonly service: string;
    readonly address: string;
    /** What its application does, for example "answers". */
    readonly words: string;
    readonly requests: number;
}

export interface EdgeRow extends DeployedEdge, EdgeCounts {
    /** One for each version of the callee; none while the proxy does not say. */
    readonly breakers: readonly Breaker[];
}

export interface Snapshot {
    readonly services: readonly ServiceRow[];
    readonly edges: readonly EdgeRow[];
    /** Said last to the user. */
    readonly message: string;
}

/** The lab as text: services, and under them each edge with the caller's breaker. */
export function render({ services, edges, message }: Snapshot): string {
    const upper = plainTable(["service", "address", "application", "requests"]);
    upper.push(
        ...services.map(({ service, address, words, requests }) => [service, address, words, requests]),
    );
    const lower = plainTable(["caller", "callee", "breaker", "ok", "failed", "last"]);
    lower.push(
        ...edges.map(({ caller, callee, breakers, ok, failed, lastStatus }) => [
            caller,
            callee,
            describeBreakers(breakers),
            ok,
            failed,
            lastStatus ?? "",
        ]),
    );
    return [upper.toString(), "", lower.toString(), "", message].join("\n");
}

function describeBreakers(breakers: readonly Breaker[]): string {
    const [first, ...others] = breakers;
    if (first === undefined) {
        return "?";
    }
    return others.length === 0
        ? describeBreaker(first)
        : breakers.map((breaker) => `${breaker.callee} ${describeBreaker(breaker)}`).join(", ");
}

function plainTable(head: string[]): Table.Table {
    const lines = ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left"];
    const more = ["bottom-right", "left", "left-mid", "mid", "mid-mid", "right", "right-mid"];
    const chars = Object.fromEntries([...lines, ...more].map((name) => [name, ""]));
    return new Table({
        head,
        chars: { ...chars, middle: "  " },
        style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
    });
}
