import type { Readable } from "node:stream";

const NEWLINE = 0x0a;

/** Resolves with the first line that a process prints; what follows goes to `rest`. */
export function firstLine(stream: Readable, rest: (chunk: Buffer) => void): Promise<string> {
    return new Promise((resolve, reject) => {
        let line: Buffer | undefined = Buffer.alloc(0);
        stream.on("data", (chunk: Buffer) => {
            if (line === undefined) {
                rest(chunk);
                return;
            }
            line = Buffer.concat([line, chunk]);
            const end = line.indexOf(NEWLINE);
            if (end < 0) {
                return;
            }
            resolve(line.subarray(0, end).toString("utf8").trim());
            if (line.length > end + 1) {
                rest(line.subarray(end + 1));
            }
            line = undefined;
        });
        stream.once("end", () => {
            reject(new Error("the process ended before it printed its port"));
        });
    });
}
