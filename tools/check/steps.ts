/** One of the things that have to hold. */
export interface Step {
    readonly name: string;
    readonly command: readonly string[];
    /** How its result is counted: `tests` by mocha, a `check` is one test, a `setup` counts only when it fails. */
    readonly counts: "tests" | "check" | "setup";
    /** Mostly waits: runs beside the others, and shows its output when it has ended. In CI it runs alone, in its turn. */
    readonly waits?: boolean;
}

const npm = (script: string): string[] => ["npm", "run", "--silent", script];

/** In the order in which they run: what fails fast comes first. */
export const STEPS: readonly Step[] = [
    { name: "types", command: npm("types"), counts: "check" },
    { name: "lint", command: npm("lint"), counts: "check" },
    { name: "format-check", command: npm("format:check"), counts: "check" },
    { name: "unit", command: npm("test:unit"), counts: "tests" },
    { name: "envoy", command: npm("test:envoy"), counts: "tests" },
    // Where the engine has to be built, that takes minutes and shows its progress.
    { name: "engine set-up", command: ["local/pulumi", "version"], counts: "setup" },
    { name: "engine", command: npm("test:engine"), counts: "tests" },
    // Minutes, mostly of waiting: breakers stay open for one.
    { name: "mesh-lab", command: npm("test:lab"), counts: "tests", waits: true },
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
