/** One of the things that have to hold. */
export interface Step {
    readonly name: string;
    readonly command: readonly string[];
    /** How its result is counted: `tests` by mocha, a `check` is one test, a `setup` counts only when it fails. */
    readonly counts: "tests" | "check" | "setup";
    /**
     * Steps of one lane follow one another; lanes run side by side. The lab measures time and concurrency: see `lanesOf`.
     */
    readonly lane: "quick" | "engine" | "lab";
    /** Files that make no difference to it. @default none */
    readonly doesNotRead?: RegExp;
}

/** What is written for people; tests of pages read it, proxies do not. */
const PROSE = /^(docs|\.github)\/|\.md$/;

const npm = (script: string): string[] => ["npm", "run", "--silent", script];

/** In the order in which they run: what fails fast comes first. */
export const STEPS: readonly Step[] = [
    { name: "types", command: npm("types"), counts: "check", lane: "quick" },
    { name: "lint", command: npm("lint"), counts: "check", lane: "quick" },
    { name: "format-check", command: npm("format:check"), counts: "check", lane: "quick" },
    { name: "unit", command: npm("test:unit"), counts: "tests", lane: "quick" },
    { name: "envoy", command: npm("test:envoy"), counts: "tests", lane: "quick", doesNotRead: PROSE },
    // Where the engine has to be built, that takes minutes and shows its progress.
    { name: "engine set-up", command: ["local/pulumi", "version"], counts: "setup", lane: "engine" },
    { name: "engine", command: npm("test:engine"), counts: "tests", lane: "engine" },
    // Minutes, mostly of waiting: breakers stay open for one.
    { name: "mesh-lab", command: npm("test:lab"), counts: "tests", lane: "lab", doesNotRead: PROSE },
];

/** The steps named, with the set-up that belongs to them; all where none is named. */
export function chooseSteps(names: readonly string[]): readonly Step[] {
    for (const name of names) {
        if (!STEPS.some((step) => step.name === name)) {
            throw new RangeError(
                `"${name}" is not a check; use ${STEPS.map((step) => step.name).join(", ")}`,
            );
        }
    }
    const isWanted = ({ name, counts }: Step): boolean =>
        names.includes(name) || (counts === "setup" && names.some((wanted) => name.startsWith(`${wanted} `)));
    return names.length === 0 ? STEPS : STEPS.filter(isWanted);
}

/** Steps that follow one another, beside the steps of other lanes. */
export interface Lane {
    readonly steps: readonly Step[];
    /** Whether a lane beside it measures time, so that this one gives way. */
    readonly givesWay: boolean;
}

/**
 * The steps in the lanes in which they are to run; the first lane's output is shown as it comes. The lab's bounds on time and
 * concurrency hold because the other lanes give way to it.
 */
export function lanesOf(steps: readonly Step[]): readonly Lane[] {
    const names = [...new Set(steps.map(({ lane }) => lane))];
    return names.map((name) => ({
        steps: steps.filter(({ lane }) => lane === name),
        givesWay: name !== "lab" && names.includes("lab"),
    }));
}
