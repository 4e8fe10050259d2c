/** What V8 prints on standard error when it is out of memory; the second with the inspector open. */
const SIGNS = ["<--- Last few GCs --->", "Check failed: needs_context && current_scope_ == closure_scope_"];

/** Longer than any sign, in characters: signs may be split over chunks. */
const OVERLAP = 100;

/** Recognises a program that ran out of memory: its exit code alone would not tell. */
export class MemorySniffer {
    #last = "";
    #found = false;

    read(chunk: Buffer): void {
        const text = this.#last + chunk.toString("utf8");
        this.#found ||= SIGNS.some((sign) => text.includes(sign));
        this.#last = text.slice(-OVERLAP);
    }

    /** Empty unless memory ran out. */
    get message(): string {
        return this.#found
            ? "The program seems to have run out of memory: give Node.js more with " +
                  "`nodeargs: --max-old-space-size=<megabytes>` in the runtime options of Pulumi.yaml"
            : "";
    }
}
