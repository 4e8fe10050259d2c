import { readFileSync } from "node:fs";

/** What Linux counts in a second of processor time, for programs. Source: proc(5), USER_HZ. */
const ticksPerSecond = 100;

/** The process under an entry point, or the process itself. */
export function innermost(pid: number): number {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return children === "" ? pid : innermost(Number(children.split(" ")[0]));
}

/** Seconds of processor time that a process has used. */
export function processorSeconds(pid: number): number {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold spaces; the 12th and 13th field after it are user and system time.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** MiB of memory that a process holds. */
export function residentMebibytes(pid: number): number {
    const [, kibibytes = "0"] =
        /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kibibytes) / 1024;
}
