import { Issues, type Issue } from "../components/model/issues";
import { wantImage } from "../components/model/images";
import { checkFargateQuota } from "../components/model/fargateQuota";
import { limiterSize } from "../components/mesh/limiter/resolveLimiter";
import { checkMigration } from "../components/model/phase";
import { applicationPort, deploymentNames } from "./catalogue";
import { checkGuestSettings } from "./guests";
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
    const parsed = settingsSchema.safeParse(raw.traffic);
    if (!parsed.success) {
        issues.addAll(parsed.error.issues.flatMap((issue) => settingIssues(issue, raw.traffic)));
    }
    if (!parsed.success || issues.all.length > 0) {
        return { issues: issues.all };
    }
    issues.addAll(checkQuota(parsed.data));
    const { images, rateLimit } = parsed.data;
    const hasImage = rateLimit.shared === undefined || images.limiter !== undefined;
    issues.require(
        hasImage,
        "traffic:images.limiter",
        images.limiter,
        `${wantImage}: rateLimit.shared runs it`,
    );
    issues.addAll(checkPhase(parsed.data));
    issues.addAll(checkGuestSettings(parsed.data));
    if (issues.all.length > 0) {
        return { issues: issues.all };
    }
    return { settings: { ...parsed.data, prefix, region }, issues: [] };
}

function checkPhase({ phase, plainCalls }: TrafficSettings): readonly Issue[] {
    return checkMigration({ phase, plainCalls, applicationPort }).map((issue) => ({
        ...issue,
        path: `traffic:${issue.path}`,
    }));
}

function checkQuota({ size, quotas, rateLimit }: TrafficSettings): readonly Issue[] {
    const { service, ingress, limiter } = size;
    const demands = [
        { size: service, services: deploymentNames.length, tasks: service.maximum },
        { size: ingress, services: 1, tasks: ingress.tasks },
        ...(rateLimit.shared === undefined
            ? []
            : [{ size: limiterSize, services: 1, tasks: limiter.maximum }]),
    ];
    return checkFargateQuota(demands, quotas.fargateVcpu, "traffic:quotas.fargateVcpu");
}

type SchemaIssue = NonNullable<ReturnType<typeof settingsSchema.safeParse>["error"]>["issues"][number];

/** A setting that does not exist is an issue of its own. */
function settingIssues(issue: SchemaIssue, traffic: Readonly<Record<string, unknown>>): readonly Issue[] {
    const paths =
        issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({ path: pathOf(path), got: valueAt(traffic, path), want: issue.message }));
}

/** `traffic:size.service.cpu`, `traffic:clients.consumers[1]` */
function pathOf(path: readonly PropertyKey[]): string {
    const parts = path.map((part, index) => {
        if (typeof part === "number") {
            return `[${part}]`;
        }
        return index === 0 ? String(part) : `.${String(part)}`;
    });
    return `traffic:${parts.join("")}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>(
        (inner, part) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, part) : undefined),
        value,
    );
}
