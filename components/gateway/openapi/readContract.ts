import { Issues, type Issue } from "../../model/issues";
import { checkModels } from "./checkModels";
import { methods, type Contract, type Method, type Operation } from "./contract";
import { isObject, objectAt, textAt } from "./json";
import { readOperation, type OperationContext } from "./readOperation";
import type { Locate } from "./references";
import { readSchemes } from "./schemes";
import { parseSource, type ContractSource } from "./source";

export interface ReadContract {
    /** Absent when the text has issues. */
    readonly contract?: Contract;
    /** All that is wrong, each with file and line. */
    readonly issues: readonly Issue[];
}

/** API Gateway's quota of resources an API; each prefix of a path is one. Source: "Amazon API Gateway quotas". */
const maximumResources = 300;
/** Characters of a segment that the import takes. Source: "Important notes for REST APIs". */
const segment = /^([A-Za-z0-9._:,-]+|\{[A-Za-z0-9._-]+\})$/;
const itemKeys: readonly string[] = [...methods, "parameters", "summary", "description"];

const alreadyRead = new WeakMap<ContractSource, ReadContract>();

/** Reads an OpenAPI 3.0 document, each source once; what the gateway could not hold as written is an issue, never dropped in silence. */
export function readContract(source: ContractSource): ReadContract {
    const read = alreadyRead.get(source) ?? readAgain(source);
    alreadyRead.set(source, read);
    return read;
}

function readAgain(source: ContractSource): ReadContract {
    const { document, issues: unreadable, locate } = parseSource(source);
    if (document === undefined) {
        return { issues: unreadable };
    }
    const issues = new Issues();
    const version = textAt(document, "openapi");
    issues.require(
        /^3\.0\.\d+$/.test(version ?? ""),
        locate("openapi"),
        version,
        "OpenAPI 3.0, for example 3.0.3",
    );
    const info = objectAt(document, "info");
    for (const key of ["title", "version"]) {
        issues.require(textAt(info, key) !== undefined, locate("info", key), info[key], "a text");
    }
    const schemes = readSchemes(document, locate, issues);
    const operations = readOperations({ document, schemes, locate, issues });
    const schemas = objectAt(objectAt(document, "components"), "schemas");
    checkModels(operations, { schemas, locate, issues });
    if (issues.all.length > 0) {
        return { issues: issues.all };
    }
    const description = textAt(info, "description");
    const contract: Contract = {
        title: textAt(info, "title") ?? "",
        version: textAt(info, "version") ?? "",
        versionAt: locate("info", "version"),
        ...(description === undefined ? {} : { description }),
        operations,
        schemas,
        scopes: schemes.scopes,
        ...(schemes.token === undefined ? {} : { tokenScheme: schemes.token }),
        ...(schemes.apiKey === undefined ? {} : { apiKeyScheme: schemes.apiKey }),
    };
    return { contract, issues: [] };
}

function readOperations(context: OperationContext): readonly Operation[] {
    const { document, issues, locate } = context;
    const paths = objectAt(document, "paths");
    checkPaths(Object.keys(paths), locate, issues);
    const operations = Object.entries(paths).flatMap(([path, item]) =>
        methodsOf(item, path, locate, issues).map((method) => readOperation(path, method, context)),
    );
    issues.require(operations.length > 0, locate("paths"), "no operation", "at least one operation");
    const seen = new Set<string>();
    for (const { id, at } of operations) {
        issues.require(
            id === "" || !seen.has(id),
            `${at}.operationId`,
            id,
            "a name that no other operation has",
        );
        seen.add(id);
    }
    return operations;
}

function methodsOf(item: unknown, path: string, locate: Locate, issues: Issues): readonly Method[] {
    const keys = Object.keys(isObject(item) ? item : {});
    for (const key of keys.filter((each) => !itemKeys.includes(each) && !each.startsWith("x-"))) {
        issues.add(locate("paths", path, key), key, `one of ${itemKeys.join(", ")}`);
    }
    return methods.filter((method) => keys.includes(method));
}

function checkPaths(paths: readonly string[], locate: Locate, issues: Issues): void {
    const resources = new Set<string>(["/"]);
    for (const path of paths) {
        const segments = path.split("/").slice(1);
        const holds = path === "/" || (path.startsWith("/") && segments.every((part) => segment.test(part)));
        issues.require(
            holds,
            locate("paths", path),
            path,
            "a path such as /orders/{orderId}, each parameter a whole segment",
        );
        segments.forEach((_, index) => resources.add(`/${segments.slice(0, index + 1).join("/")}`));
    }
    const first = [...resources][maximumResources];
    const want = `at most ${maximumResources}, API Gateway's quota for one API: "${String(first)}" is the first too many; give its part of the contract an API of its own`;
    issues.require(first === undefined, locate("paths"), `${resources.size} resources`, want);
    checkSiblings(paths, locate, issues);
}

/** Two parameters with different names at one place: API Gateway refuses the second. */
function checkSiblings(paths: readonly string[], locate: Locate, issues: Issues): void {
    const names = new Map<string, string>();
    for (const path of paths) {
        const segments = path.split("/");
        segments.forEach((part, index) => {
            if (!part.startsWith("{")) {
                return;
            }
            const place = segments
                .slice(0, index)
                .join("/")
                .replaceAll(/\{[^}]+\}/g, "{}");
            const first = names.get(place) ?? part;
            names.set(place, first);
            issues.require(first === part, locate("paths", path), part, `${first}, as other paths call it`);
        });
    }
}
