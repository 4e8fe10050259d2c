import { execFileSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive } from "../../../local/engine/isAlive";

/** How often to look, in milliseconds. */
const INTERVAL = 100;

/** The processes that `pid` started, and those started by them. */
export function descendants(pid: number): number[] {
    const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
    const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
    const childrenOf = (parent: number): number[] =>
        pairs.flatMap(([child = 0, of]) => (of === parent ? [child, ...childrenOf(child)] : []));
    return childrenOf(pid);
}

/** Resolves with those of the processes that still live after `timeout` milliseconds: best none. */
export async function survivors(pids: readonly number[], timeout: number): Promise<number[]> {
    const end = Date.now() + timeout;
    let alive = pids.filter(isAlive);
    while (alive.length > 0 && Date.now() < end) {
        await pause(INTERVAL);
        alive = alive.filter(isAlive);
    }
    return alive;
}
