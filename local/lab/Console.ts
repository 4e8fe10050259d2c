import { createInterface, emitKeypressEvents } from "node:readline";
import { createLogUpdate } from "log-update";

/** The terminal: a view that is drawn over, and a line that is typed under it. Without a terminal, plain lines. */
export class Console {
    #typed = "";
    #shown = "";
    readonly #draw = createLogUpdate(process.stdout);
    readonly #isTerminal = process.stdin.isTTY && process.stdout.isTTY;
    readonly #lines: NodeJS.EventEmitter & { close?: () => void };

    constructor(onLine: (line: string) => void, onInterrupt: () => void) {
        if (!this.#isTerminal) {
            this.#lines = createInterface({ input: process.stdin }).on("line", onLine);
            return;
        }
        emitKeypressEvents(process.stdin);
        process.stdin.setRawMode(true);
        this.#lines = process.stdin.on("keypress", (text: string | undefined, key: Key) => {
            if (key.ctrl === true && (key.name === "c" || key.name === "d")) {
                onInterrupt();
            } else if (key.name === "return") {
                const line = this.#typed;
                this.#typed = "";
                onLine(line);
            } else if (key.name === "backspace") {
                this.#typed = this.#typed.slice(0, -1);
            } else if (text !== undefined && text >= " ") {
                this.#typed += text;
            }
            this.show(this.#shown);
        });
    }

    show(text: string): void {
        this.#shown = text;
        if (this.#isTerminal) {
            this.#draw(`${text}\n> ${this.#typed}`);
        } else {
            console.log(`${text}\n`);
        }
    }

    /** Gives the terminal back as it was. */
    close(): void {
        if (this.#isTerminal) {
            this.#draw.done();
            process.stdin.setRawMode(false);
            process.stdin.pause();
        } else {
            this.#lines.close?.();
        }
    }
}

interface Key {
    readonly name?: string;
    readonly ctrl?: boolean;
}
