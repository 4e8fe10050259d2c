/** What a delivery role may touch: one stack of the program, in one account and region. All plain, so that policies read it at preview. */
export interface Scope {
    /** The account, 12 digits. */
    readonly accountId: string;
    /** Its region, for example `eu-central-1`. */
    readonly region: string;
    /** Beginning of the stack's physical names, for example `traffic-dev`; also the value of its tag. */
    readonly prefix: string;
    /** Public host name of the stack's APIs. */
    readonly domain: string;
}

/** The tag by which resources without a name of their own are known; a default tag of the stack (`aws:defaultTags`). */
export const STACK_TAG = "stack";

export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What resources of some types need: who deploys them, and who only reads them. */
export interface Grant {
    /** Pulumi's types that need it. */
    readonly types: readonly string[];
    readonly read?: readonly string[];
    readonly write?: readonly string[];
    /** ARNs; `everything` where AWS knows no resource for these actions, which are then tied to the region. */
    readonly on: readonly string[] | "everything";
    readonly condition?: Condition;
}

export function arn({ accountId, region }: Scope, service: string, resource: string): string {
    return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

/** API Gateway's control plane: paths, without an account. */
export function gatewayArn({ region }: Scope, path: string): string {
    return `arn:aws:apigateway:${region}::${path}`;
}

/** IAM's ARNs name no region. */
export function iamArn({ accountId }: Scope, resource: string): string {
    return `arn:aws:iam::${accountId}:${resource}`;
}

/** The request gives a new resource the stack's tag. */
export function newWithTag({ prefix }: Scope): Condition {
    return { StringEquals: { [`aws:RequestTag/${STACK_TAG}`]: prefix } };
}

/** The resource has the stack's tag. */
export function hasTag({ prefix }: Scope): Condition {
    return { StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: prefix } };
}
