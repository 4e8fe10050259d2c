/** An operation of the old version that the new one serves. */
export interface TranslatedOperation {
    /** The new version's operation. */
    readonly servedBy: string;
    /** The old version's query parameters that have another name in the new one. @default none */
    readonly query: ReadonlyMap<string, string>;
    /** VTL from the old request body to the new one. @default none: the body is the same in both */
    readonly request?: string;
    /** VTL from the new response body to the old one. @default none: the body is the same in both */
    readonly response?: string;
    /** The new version's error statuses that the old one tells with another. @default none */
    readonly statuses: ReadonlyMap<string, string>;
    /** Where it stands in the file, for messages. */
    readonly at: string;
}

/** An operation that the old version's own backend serves, and why it must. */
export interface KeptOperation {
    readonly ownBackend: string;
    readonly at: string;
}

/** How an old version of an API is served by a newer one (ADR-003, "Request/Response Transformation"). */
export interface Translation {
    /** The version that serves. */
    readonly servedBy: string;
    /** Where that stands in the file, for messages. */
    readonly servedByAt: string;
    /** Why the versions differ. */
    readonly because: string;
    /** VTL from the new version's problem details to the old one's; `$status` is the old version's status. */
    readonly problem: string;
    readonly operations: ReadonlyMap<string, TranslatedOperation | KeptOperation>;
    /** Where the list of operations stands in the file, for messages. */
    readonly at: string;
}

/** Source: "Amazon API Gateway quotas": a mapping template. */
export const maximumTemplateBytes = 300 * 1024;
