import type { Value } from "../facts/value";
import { reviewedList, type Review } from "../review";

/** A route that may be repeated, and copied, although its method is not GET or HEAD. */
export interface SafeRepeat extends Review {
    readonly service: string;
    readonly method: string;
    readonly pathPrefix: string;
}

export const safeRepeats = reviewedList<SafeRepeat>({
    service: { type: "string", minLength: 1, description: "The service that is called." },
    method: { type: "string", enum: ["POST", "PUT", "PATCH", "DELETE"], description: "The method." },
    pathPrefix: { type: "string", pattern: "^/.", description: "The beginning of the path, as declared." },
});

const reads = new Set(["GET", "HEAD", "GET|HEAD", "HEAD|GET"]);

/** What a route is for: the services behind its clusters, whichever of their versions answers. */
export function servicesOf(route: Value, serviceOf: (deployment: string) => string): readonly string[] {
    const action = route.get("route");
    const weighted = action.get("weighted_clusters");
    const names = weighted.isMissing
        ? [action.get("cluster")]
        : weighted
              .get("clusters")
              .items()
              .map((cluster) => cluster.get("name"));
    return [...new Set(names.map(({ text }) => serviceOf(text ?? "")))];
}

/** Whether sending what a route matches twice does no harm: it reads, or somebody answers for it. */
export function isSafe(
    route: Value,
    listed: readonly SafeRepeat[],
    serviceOf: (deployment: string) => string,
): boolean {
    const methods = methodsOf(route);
    const [service, ...others] = servicesOf(route, serviceOf);
    return (
        methods.some((method) => reads.has(method)) ||
        listed.some(
            (entry) =>
                others.length === 0 &&
                entry.service === service &&
                methods.includes(entry.method) &&
                route.get("match", "prefix").text === entry.pathPrefix,
        )
    );
}

function methodsOf(route: Value): readonly string[] {
    return route
        .get("match", "headers")
        .items()
        .filter((header) => header.get("name").text === ":method" && header.get("invert_match").isOff)
        .map((header) => header.get("string_match"))
        .flatMap((match) => match.get("exact").text ?? match.get("safe_regex", "regex").text ?? []);
}
