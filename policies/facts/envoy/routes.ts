import type { Value } from "../value";
import { allMatch, type Headers } from "./headerMatch";

/** Whether a request is refused whatever its path: by a route that comes before any that could forward it. */
export function isRefused(routes: readonly Value[], headers: Headers): boolean {
    for (const route of routes) {
        const match = route.get("match");
        if (!allMatch(match.get("headers").items(), headers)) {
            continue;
        }
        const answer = route.get("direct_response", "status").number ?? 0;
        const refuses = answer >= 400 && answer < 500;
        const isForAll =
            match.get("prefix").text === "/" &&
            match.fields.every((field) => field === "prefix" || field === "headers");
        if (!refuses || isForAll) {
            return refuses;
        }
    }
    return false;
}
