import { joined } from "../join";
import type { Resource, Stack } from "../stack";
import type { Value } from "../value";
import { documentOf } from "./body";
import { operationsOf, type Operation } from "./operations";

export const restApiType = "aws:apigateway/restApi:RestApi";

/** A REST API as the rules see it. */
export interface Api {
    readonly document: Value;
    readonly operations: readonly Operation[];
}

export function restApis(stack: Stack): readonly Resource[] {
    return stack.ofType(restApiType);
}

export function apiFacts(restApi: Resource): Api {
    const document = documentOf(restApi);
    return { document, operations: operationsOf(document) };
}

/** The REST API that a stage, a method's settings… belong to. */
export function restApiOf(resource: Resource): Resource {
    return joined(resource, "restApi", restApiType, idsOf);
}

/** What other resources call one: its id, which stands at the end of its ARN. */
export function idsOf({ props }: Resource): readonly (string | undefined)[] {
    const arn = props.get("arn").text;
    return [props.get("id").text, arn, arn?.slice(arn.lastIndexOf("/") + 1)];
}
