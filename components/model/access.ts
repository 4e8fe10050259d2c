import { checkFields } from "./fields";
import { Issues, type Issue } from "./issues";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
export type Method = (typeof methods)[number];

/** Requests that a caller may send. */
export interface AllowedRequest {
    /** Methods that it may use. @default every method */
    readonly methods?: readonly Method[];
    /** A path and whatever is below it: `/charges` is also `/charges/42`, but not `/charges-of-others`. @default every path */
    readonly path?: string;
}

/** Callers that may send some requests only, by their names in the call graph. */
export type Accepts = Readonly<Record<string, readonly AllowedRequest[]>>;

/** `callers` are the declared ones: whoever is not declared may send nothing, and cannot be named here. */
export function checkAccepts(accepts: Accepts, callers: readonly string[]): readonly Issue[] {
    const issues = new Issues();
    for (const [caller, requests] of Object.entries(accepts)) {
        const want = `a declared caller: ${callers.join(", ") || "there is none"}`;
        issues.require(callers.includes(caller), caller, caller, want);
        issues.require(
            requests.length > 0,
            caller,
            [],
            "at least one request; take the service out of the caller's calls to refuse everything",
        );
        for (const [index, request] of requests.entries()) {
            issues.addAll(checkRequest(request), `${caller}[${index}]`);
        }
    }
    return issues.all;
}

function checkRequest(request: AllowedRequest): readonly Issue[] {
    const issues = new Issues();
    const { methods: listed, path } = request;
    issues.addAll(checkFields(request, { methods: true, path: true }));
    issues.require(
        listed !== undefined || path !== undefined,
        "",
        {},
        "methods, a path or both; a caller that may send everything is not named",
    );
    for (const [index, method] of (listed ?? []).entries()) {
        issues.require(methods.includes(method), `methods[${index}]`, method, `one of ${methods.join(", ")}`);
        issues.require(listed?.indexOf(method) === index, `methods[${index}]`, method, "each method once");
    }
    issues.require(
        listed?.length !== 0,
        "methods",
        [],
        "at least one method, or leave methods out for every method",
    );
    const clean = path === undefined || /^(\/[A-Za-z0-9._~@:!$&'()*+,;=-]+)+$/.test(path);
    issues.require(
        clean && path !== "/." && !/\/\.{1,2}(\/|$)/.test(path ?? ""),
        "path",
        path,
        'a path without query and without "/" at its end, such as "/charges"',
    );
    return issues.all;
}
