/** One thing that is wrong with what a user wrote. */
export interface Issue {
    /** Where, as the user would write it: `calls[2].service`. */
    readonly path: string;
    /** What stands there. Never a secret: pass a description instead. */
    readonly got: unknown;
    /** What would be accepted, as the end of the sentence "use …". */
    readonly want: string;
}

/** Collects issues, so that a user sees all of them at once. */
export class Issues {
    readonly #found: Issue[] = [];

    /** Records that `path` holds `got`, where `want` is wanted. */
    add(path: string, got: unknown, want: string): void {
        this.#found.push({ path, got, want });
    }

    /** Records the issue unless `holds`. Returns `holds`, so that dependent checks can follow. */
    require(holds: boolean, path: string, got: unknown, want: string): boolean {
        if (!holds) {
            this.add(path, got, want);
        }
        return holds;
    }

    /** Takes over issues found elsewhere, under a path of their own. */
    addAll(issues: readonly Issue[], prefix = ""): void {
        for (const issue of issues) {
            this.#found.push({ ...issue, path: joinPath(prefix, issue.path) });
        }
    }

    get all(): readonly Issue[] {
        return this.#found;
    }
}

/** `order.calls` + `[2]` = `order.calls[2]`; `order` + `port` = `order.port`. */
export function joinPath(prefix: string, path: string): string {
    if (prefix === "" || path === "") {
        return prefix + path;
    }
    return path.startsWith("[") ? `${prefix}${path}` : `${prefix}.${path}`;
}

/** `port is 0; use a whole number from 1 to 65535` */
export function describeIssue({ path, got, want }: Issue): string {
    return `${path} is ${got === undefined ? "missing" : JSON.stringify(got)}; use ${want}`;
}

/** One line for a single issue, a list for several; `subject` is for example `MeshedService "cart"`. */
export function describeIssues(subject: string, issues: readonly Issue[]): string {
    const [first, ...others] = issues.map(describeIssue);
    if (first === undefined) {
        throw new RangeError("no issues to describe");
    }
    return others.length === 0
        ? `${subject}: ${first}.`
        : [`${subject}: ${issues.length} issues`, ...[first, ...others].map((line) => `  - ${line}`)].join(
              "\n",
          );
}

/** The end of the sentence "use …" for a choice. */
export function wantOneOf(values: readonly string[]): string {
    return `one of ${values.join(", ")}`;
}
