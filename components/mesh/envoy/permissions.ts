import type { AllowedRequest } from "../../model/access";
import { healthPathOf } from "./health";
import type { Json, JsonObject } from "../json";
import type { LocalApplication } from "./spec";

/**
 * What one caller may ask for. A narrowed caller's proxy still has to find out which instances are well.
 * The connection manager has normalized the path, and `url_path` is without the query.
 */
export function permissions(
    requests: readonly AllowedRequest[],
    application: Pick<LocalApplication, "protocol" | "healthPath">,
): Json {
    if (requests.length === 0) {
        return [{ any: true }];
    }
    const [healthPath = ""] = healthPathOf(application).split("?");
    return [...requests.map(permission), pathIs({ exact: healthPath })];
}

function permission({ methods, path }: AllowedRequest): JsonObject {
    const rules = [
        ...(methods === undefined
            ? []
            : [{ header: { name: ":method", string_match: { safe_regex: { regex: methods.join("|") } } } }]),
        ...(path === undefined ? [] : [pathIs({ safe_regex: { regex: `${escaped(path)}(/.*)?` } })]),
    ];
    return { and_rules: { rules } };
}

function pathIs(match: JsonObject): JsonObject {
    return { url_path: { path: match } };
}

function escaped(path: string): string {
    return path.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
