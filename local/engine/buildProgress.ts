/** How often progress is shown, in milliseconds: a terminal's line is rewritten, a log gets one more line. */
const TERMINAL_INTERVAL = 250;
const LOG_INTERVAL = 10_000;

/** Shows on standard error that a build of several minutes moves on. */
export class BuildProgress {
    readonly #started = Date.now();
    readonly #timer: NodeJS.Timeout;
    readonly #what: string;
    #downloads = 0;
    #compiled = 0;
    #packages: number | undefined;

    constructor(what: string) {
        this.#what = what;
        console.error(`local mode: building ${what}; this takes some minutes`);
        this.#timer = setInterval(() => {
            this.#show();
        }, this.#interval);
    }

    /** Takes a line of Go's while it resolves modules. */
    downloading(line: string): void {
        if (line.startsWith("go: downloading")) {
            this.#downloads += 1;
        }
    }

    /** From here on packages are compiled: at most `packages`, fewer where Go has some compiled already. */
    compiling(packages: number): void {
        this.#packages = packages;
    }

    /** Takes a line of Go's while it compiles: the name of a package. */
    compiled(line: string): void {
        if (!line.includes(" ")) {
            this.#compiled += 1;
        }
    }

    done(): void {
        this.stop();
        console.error(`local mode: built ${this.#what}, in ${this.#elapsed}`);
    }

    /** Ends the display without a word. */
    stop(): void {
        clearInterval(this.#timer);
        if (process.stderr.isTTY) {
            process.stderr.write("\r\u001b[K");
        }
    }

    get #interval(): number {
        return process.stderr.isTTY ? TERMINAL_INTERVAL : LOG_INTERVAL;
    }

    get #elapsed(): string {
        const seconds = Math.round((Date.now() - this.#started) / 1000);
        return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} minutes`;
    }

    #show(): void {
        const step =
            this.#packages === undefined
                ? `${this.#downloads} modules downloaded`
                : `${this.#compiled} of ${this.#packages} packages compiled`;
        const line = `local mode: ${step}, ${this.#elapsed}`;
        process.stderr.write(process.stderr.isTTY ? `\r${line}\u001b[K` : `${line}\n`);
    }
}
