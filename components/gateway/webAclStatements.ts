import { largestBody } from "../model/bodies";
import type { Statement } from "./webAclRules";

/** As it is: a transformation could make two different values equal. */
const asWritten = [{ priority: 0, type: "NONE" }];

/** Windows that WAF offers are 60, 120, 300 and 600 seconds. */
export const windowSeconds = 60;

/** More requests than the limit with one value of the header, over all requests that have it. */
export function tooManyPerHeader(header: string, limit: number): Statement {
    return {
        rateBasedStatement: {
            limit,
            evaluationWindowSec: windowSeconds,
            aggregateKeyType: "CUSTOM_KEYS",
            customKeys: [{ header: { name: header, textTransformations: asWritten } }],
        },
    };
}

/** More requests than the limit from one address, whatever they carry. */
export function tooManyPerAddress(limit: number): Statement {
    return { rateBasedStatement: { limit, evaluationWindowSec: windowSeconds, aggregateKeyType: "IP" } };
}

/** Bodies that are larger, or that WAF cannot read to the end. */
export const oversizeBody: Statement = {
    sizeConstraintStatement: {
        comparisonOperator: "GT",
        size: largestBody.client,
        fieldToMatch: { body: { oversizeHandling: "MATCH" } },
        textTransformations: asWritten,
    },
};

const hasBody: Statement = {
    sizeConstraintStatement: {
        comparisonOperator: "GT",
        size: 0,
        fieldToMatch: { body: { oversizeHandling: "MATCH" } },
        textTransformations: asWritten,
    },
};

const json = "application/json";

/**
 * A body that API Gateway would not hold against its model: compressed, or of a type that no model is for. Source: API Gateway, "Request
 * validation for REST APIs".
 */
export const uncheckedBody: Statement = either(
    hasHeader("content-encoding"),
    both(
        hasBody,
        not(either(headerIs("content-type", json), headerIs("content-type", `${json};`, "STARTS_WITH"))),
    ),
);

export function hasHeader(name: string): Statement {
    return {
        sizeConstraintStatement: {
            comparisonOperator: "GT",
            size: 0,
            fieldToMatch: { singleHeader: { name } },
            textTransformations: asWritten,
        },
    };
}

export function headerIs(
    name: string,
    searchString: string,
    positionalConstraint: "EXACTLY" | "STARTS_WITH" = "EXACTLY",
): Statement {
    return {
        byteMatchStatement: {
            positionalConstraint,
            searchString,
            fieldToMatch: { singleHeader: { name } },
            textTransformations: asWritten,
        },
    };
}

export function hasLabel(key: string): Statement {
    return { labelMatchStatement: { scope: "LABEL", key } };
}

export function not(statement: Statement): Statement {
    return { notStatement: { statement } };
}

export function both(one: Statement, other: Statement): Statement {
    return { andStatement: { statements: [one, other] } };
}

export function either(one: Statement, other: Statement): Statement {
    return { orStatement: { statements: [one, other] } };
}
