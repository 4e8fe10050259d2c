import { Issues, type Issue } from "../../model/issues";
import type { Contract, Operation } from "./contract";
import type { Json } from "./json";
import { isSameSchema } from "./sameSchema";
import type { TranslatedOperation, Translation } from "./translation";

/** The version that is served and the one that serves it. */
export interface Versions {
    readonly old: Contract;
    readonly current: Contract;
}

/** Everything by which a client of the old version would notice that the new one answers. */
export function checkTranslation(translation: Translation, versions: Versions): readonly Issue[] {
    const issues = new Issues();
    const { operations, at } = translation;
    const { old, current } = versions;
    for (const { id } of old.operations) {
        const want = "servedBy with the templates, or ownBackend with the reason";
        issues.require(operations.has(id), `${at}.${id}`, undefined, want);
    }
    for (const [id, each] of operations) {
        const operation = old.operations.find((one) => one.id === id);
        if (
            !issues.require(operation !== undefined, each.at, id, "an operation of the contract") ||
            !operation
        ) {
            continue;
        }
        if ("ownBackend" in each) {
            continue;
        }
        const target = current.operations.find((one) => one.id === each.servedBy);
        if (target === undefined) {
            issues.add(`${each.at}.servedBy`, each.servedBy, `an operation of ${translation.servedBy}`);
        } else {
            checkRequest(each, operation, target, versions, issues);
            checkResponses(each, operation, target, versions, issues);
        }
    }
    return issues.all;
}

/** The only success of an operation. */
export function successOf(operation: Operation): string | undefined {
    const [only, ...others] = [...operation.responses.keys()].filter((status) => status.startsWith("2"));
    return others.length === 0 ? only : undefined;
}

function checkRequest(
    { at, query, request }: TranslatedOperation,
    operation: Operation,
    target: Operation,
    versions: Versions,
    issues: Issues,
): void {
    const sameAccess = JSON.stringify(operation.access) === JSON.stringify(target.access);
    issues.require(sameAccess, `${at}.servedBy`, target.id, "an operation with the same security");
    for (const place of ["path", "query", "header"] as const) {
        const known = target.parameters.filter((each) => each.in === place).map(({ name }) => name);
        for (const { name } of operation.parameters.filter((each) => each.in === place)) {
            const mapped = place === "query" ? (query.get(name) ?? name) : name;
            const want = `a ${place} parameter of ${target.id}: ${known.join(", ") || "it has none"}`;
            issues.require(known.includes(mapped), `${at}.${place}`, mapped, want);
        }
    }
    checkTemplate(request, `${at}.request`, [bodyOf(operation), bodyOf(target)], versions, issues);
}

/** Where the bodies of both versions differ, something must turn one into the other. */
function checkTemplate(
    template: string | undefined,
    path: string,
    [one, other]: readonly [Json | undefined, Json | undefined],
    { old, current }: Versions,
    issues: Issues,
): void {
    const isSame = isSameSchema(one, other, { one: old, other: current });
    issues.require(isSame || template !== undefined, path, undefined, "a template: the bodies differ");
}

function checkResponses(
    { at, response, statuses }: TranslatedOperation,
    operation: Operation,
    target: Operation,
    versions: Versions,
    issues: Issues,
): void {
    const [from, to] = [successOf(target), successOf(operation)];
    if (from === undefined || to === undefined) {
        issues.add(`${at}.response`, undefined, "operations with exactly one success each");
        return;
    }
    const bodies = [operation.responseSchemas.get(to), target.responseSchemas.get(from)] as const;
    checkTemplate(response, `${at}.response`, bodies, versions, issues);
    for (const status of [...target.responses.keys()].filter((each) => each.startsWith("4"))) {
        const told = statuses.get(status) ?? status;
        const want = `a status for it that the old version has: ${[...operation.responses.keys()].join(", ")}`;
        issues.require(operation.responses.has(told), `${at}.statuses.${status}`, statuses.get(status), want);
    }
}

function bodyOf({ bodySchema }: Operation): { $ref: string } | null {
    return bodySchema === undefined ? null : { $ref: `#/components/schemas/${bodySchema}` };
}
