import type { Operation } from "./contract";
import { successOf } from "./checkTranslation";
import type { JsonObject } from "./json";
import type { TranslatedOperation } from "./translation";

/** What one answer of the backend becomes. */
export interface MappedResponse {
    /** The backend's status, or `default` for all that are not listed. */
    readonly from: string;
    readonly status: string;
    readonly description: string;
    /** VTL. @default none: the backend's body as it is */
    readonly template?: string;
    /** Whether the body is problem details. */
    readonly isProblem: boolean;
}

/** The operation's answers through a backend that may be another version's. */
export interface Answers {
    /** What the client is promised. */
    readonly operation: Operation;
    /** What the backend carries out; the same where the version has a backend of its own. */
    readonly target: Operation;
    readonly translated?: TranslatedOperation;
    /** VTL for problem details. @default none */
    readonly problem?: string;
}

const problemType = "application/problem+json";

/** What the ingress itself refuses with, whatever the contract says. */
const refusals: readonly (readonly [string, string])[] = [
    ["403", "The caller may not do that."],
    ["404", "There is no such thing."],
    ["413", "The request body is too large."],
    ["429", "Too many requests."],
];

/** Their bodies need not be JSON, so they are not read. */
const failures: readonly (readonly [string, string, string])[] = [
    ["503", "503", "Service Unavailable"],
    ["504", "504", "Gateway Timeout"],
    ["default", "502", "Bad Gateway"],
];

/** Every answer of the backend: API Gateway sends `default` for what is not listed. */
export function mappedResponses({
    operation,
    target,
    translated,
    problem,
}: Answers): readonly MappedResponse[] {
    const success = successes(operation, target, translated);
    const declared = [...target.responses].filter(([status]) => status.startsWith("4"));
    const errors = new Map([...refusals, ...declared]);
    const told = [...errors].map(([from, description]): MappedResponse => {
        const status = translated?.statuses.get(from) ?? from;
        const template = problem === undefined ? {} : { template: `#set($status = ${status})\n${problem}` };
        return { from, status, description, isProblem: true, ...template };
    });
    const failed = failures.map(([from, status, title]): MappedResponse => {
        const template = JSON.stringify({ type: "about:blank", title, status: Number(status) });
        return { from, status, description: title, isProblem: true, template };
    });
    return [...success, ...told, ...failed];
}

function successes(
    operation: Operation,
    target: Operation,
    translated: TranslatedOperation | undefined,
): readonly MappedResponse[] {
    const template = translated?.response === undefined ? {} : { template: translated.response };
    const to = successOf(operation);
    return [...target.responses]
        .filter(([status]) => status.startsWith("2"))
        .map(([from, description]) => ({
            from,
            status: translated === undefined ? from : (to ?? from),
            description,
            isProblem: false,
            ...template,
        }));
}

/** `integration.response` as API Gateway reads it: the key is a pattern of the backend's status. */
export function integrationResponses(
    responses: readonly MappedResponse[],
    headers: Readonly<Record<string, string>>,
): JsonObject {
    return Object.fromEntries(
        responses.map(({ from, isProblem, status, template }) => {
            const all = isProblem ? { ...headers, "Content-Type": `'${problemType}'` } : headers;
            const parameters = Object.entries(all).map(
                ([name, value]) => [`method.response.header.${name}`, value] as const,
            );
            return [
                from,
                {
                    statusCode: status,
                    responseParameters: Object.fromEntries(parameters),
                    ...(template === undefined ? {} : { responseTemplates: templates(isProblem, template) }),
                },
            ];
        }),
    );
}

/** Services send problems under a type of their own; AWS documents no rule for a type that no template is for. */
function templates(isProblem: boolean, template: string): JsonObject {
    const types = isProblem ? ["application/json", problemType] : ["application/json"];
    return Object.fromEntries(types.map((type) => [type, template]));
}

/** The method's own list: API Gateway sends no status and no header that is not declared here. */
export function methodResponses(
    responses: readonly MappedResponse[],
    { responses: promised }: Operation,
    headers: readonly string[],
): JsonObject {
    const declared = (isProblem: boolean): JsonObject =>
        Object.fromEntries(
            [...headers, ...(isProblem ? ["Content-Type"] : [])].map((name) => [
                name,
                { schema: { type: "string" } },
            ]),
        );
    return Object.fromEntries(
        responses.map(({ description, isProblem, status }) => [
            status,
            { description: promised.get(status) ?? description, headers: declared(isProblem) },
        ]),
    );
}
