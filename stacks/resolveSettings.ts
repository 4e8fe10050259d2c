import { Issues, type Issue } from "../components/model/issues";
import { settingsSchema, type TrafficSettings } from "./settingsSchema";

export interface RawSettings {
    readonly project: string;
    readonly stack: string;
    readonly region: string | undefined;
    /** What stands under `traffic:`, parsed. */
    readonly traffic: Readonly<Record<string, unknown>>;
}

export interface Settings extends TrafficSettings {
    /** Beginning of physical names: project and stack. */
    readonly prefix: string;
    readonly region: string;
}

/** Longest prefix with which every physical name stays within AWS's limits (a load balancer's: 32 characters, "-ingress" included). */
const longestPrefix = 24;

/** Checks everything at once; `settings` is missing when there are issues. */
export function resolveSettings(raw: RawSettings): { settings?: Settings; issues: readonly Issue[] } {
    const issues = new Issues();
    const prefix = `${raw.project}-${raw.stack}`;
    const short = new RegExp(`^[a-z][a-z0-9-]{0,${longestPrefix - 1}}$`).test(prefix);
    issues.require(
        short,
        "stack",
        raw.stack,
        `a name with which "${prefix}" has at most ${longestPrefix} lower-case letters, digits and hyphens`,
    );
    const region = raw.region ?? "";
    issues.require(
        /^[a-z]{2}(-[a-z]+)+-\d$/.test(region),
        "aws:region",
        raw.region,
        'a region, such as "eu-central-1"',
    );
    const parsed = settingsSchema.safeParse(raw.traffic, { reportInput: true });
    if (!parsed.success) {
        for (const issue of parsed.error.issues) {
            issues.add(pathOf(issue), gotOf(issue), issue.message);
        }
    }
    if (!parsed.success || issues.all.length > 0) {
        return { issues: issues.all };
    }
    return { settings: { ...parsed.data, prefix, region }, issues: [] };
}

type SchemaIssue = NonNullable<ReturnType<typeof settingsSchema.safeParse>["error"]>["issues"][number];

/** `traffic:size.service.cpu`, `traffic:clients.consumers[1]` */
function pathOf({ path }: SchemaIssue): string {
    const parts = path.map((part, index) => {
        if (typeof part === "number") {
            return `[${part}]`;
        }
        return index === 0 ? String(part) : `.${String(part)}`;
    });
    return `traffic:${parts.join("")}`;
}

function gotOf(issue: SchemaIssue): unknown {
    return issue.code === "unrecognized_keys" ? issue.keys.join(", ") : issue.input;
}
