import { listOf } from "./policyDocuments";
import type { Resource, Stack } from "./stack";
import { strictJson } from "./strictJson";
import { Value } from "./value";

const roleType = "aws:iam/role:Role";
const keyType = "aws:kms/key:Key";
/** AWS says in their ARNs in which account it made them. */
const placed = [roleType, keyType, "aws:cloudwatch/logGroup:LogGroup", "aws:ecs/cluster:Cluster"];
const accountInArn = /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/;
const principal = /^(?:arn:[\w-]+:(?:iam|sts)::)?(\d{12})(?::|$)/;

/** The account that an ARN is in. */
export function accountOfArn(arn: string | undefined): string | undefined {
    return accountInArn.exec(arn ?? "")?.[1];
}

/** The account of a principal: a bare id, or who is in it. */
export function accountOfPrincipal(text: string | undefined): string | undefined {
    return principal.exec(text ?? "")?.[1];
}

/**
 * The accounts that the program deploys to. Before the first deploy no ARN is known: then it is the one that most services' roles are
 * for and that administers the program's keys, as their documents say. Whoever names another one there locks themselves out.
 */
export function ownAccounts(stack: Stack): ReadonlySet<string> {
    const known = stack.ofType(...placed).flatMap(({ props }) => accountOfArn(props.get("arn").text) ?? []);
    return new Set(known.length > 0 ? known : mostNamed(stack));
}

function mostNamed(stack: Stack): readonly string[] {
    const named = [
        ...stack
            .ofType(roleType)
            .flatMap((role) => writtenIn(role, "assumeRolePolicy").flatMap(sourceAccount)),
        ...stack.ofType(keyType).flatMap((key) => writtenIn(key, "policy").flatMap(administrators)),
    ];
    const counts = [...new Set(named)].map((account) => ({
        account,
        times: named.filter((each) => each === account).length,
    }));
    const most = Math.max(...counts.map(({ times }) => times));
    const first = counts.filter(({ times }) => times === most).map(({ account }) => account);
    return first.length === 1 ? first : [];
}

/** Statements of a document that is known as text; what is not known says nothing here, and is judged elsewhere. */
function writtenIn({ props }: Resource, property: string): readonly Value[] {
    const { text } = props.get(property);
    const parsed = text === undefined ? undefined : strictJson(text);
    return listOf(new Value(property, parsed).get("Statement"));
}

function sourceAccount(statement: Value): readonly string[] {
    const { text } = statement.get("Condition", "StringEquals", "aws:SourceAccount");
    return text === undefined ? [] : [text];
}

function administrators(statement: Value): readonly string[] {
    return listOf(statement.get("Principal", "AWS")).flatMap(({ text }) => accountOfPrincipal(text) ?? []);
}
