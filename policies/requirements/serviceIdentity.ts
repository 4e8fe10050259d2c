import { gather, type Finding } from "../finding";
import { joined } from "../facts/join";
import { listOf, statementsOf } from "../facts/policyDocuments";
import type { Resource, Stack } from "../facts/stack";
import { containersOf, taskDefinitionOf } from "../facts/taskDefinitions";
import type { Value } from "../facts/value";

const roleType = "aws:iam/role:Role";
const rolePolicyType = "aws:iam/rolePolicy:RolePolicy";
const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** Services by the execution role that they have, and by the key that they start with. */
export interface Holders {
    readonly ofRole: ReadonlyMap<string, readonly Resource[]>;
    readonly ofKey: ReadonlyMap<string, readonly Resource[]>;
}

/** A service whose role or keys cannot be told is a violation of its own, and shares nothing. */
export function holdersOf(services: readonly Resource[]): Holders {
    const by = (names: (service: Resource) => readonly string[]): Map<string, Resource[]> => {
        const holders = new Map<string, Resource[]>();
        for (const service of services) {
            gather(() => {
                for (const name of names(service)) {
                    holders.set(name, [...(holders.get(name) ?? []), service]);
                }
                return [];
            });
        }
        return holders;
    };
    return {
        ofRole: by((service) => [executionRoleOf(service).urn]),
        ofKey: by((service) => keyNames(service).flatMap(({ text }) => text ?? [])),
    };
}

/** Policies by the role that they belong to, and roles to which somebody attached more. */
export interface Grants {
    readonly policies: ReadonlyMap<string, readonly Resource[]>;
    readonly attached: ReadonlyMap<string, readonly Resource[]>;
}

export function grantsOf(stack: Stack): Grants {
    const byRole = (type: string): ReadonlyMap<string, readonly Resource[]> => {
        const found = new Map<string, readonly Resource[]>();
        for (const grant of stack.ofType(type)) {
            for (const { urn } of grant.sources("role", roleType)) {
                found.set(urn, [...(found.get(urn) ?? []), grant]);
            }
        }
        return found;
    };
    return { policies: byRole(rolePolicyType), attached: byRole(attachmentType) };
}

/** The role with which ECS starts a task reads what its containers name, and nothing else: not the key of another service. */
export function readsOwnSecrets(service: Resource, { attached, policies }: Grants): readonly Finding[] {
    const role = executionRoleOf(service);
    const named = containersOf(taskDefinitionOf(service))
        .flatMap((container) => container.get("secrets").items())
        .map((secret) => secret.get("valueFrom").text ?? "");
    const isOwn = ({ text = "" }: Value): boolean =>
        named.some((name) => text === name || text.endsWith(`:parameter${name}`));
    return [
        ...(attached.get(role.urn) ?? []).map((grant) => ({
            at: `${grant.type} "${grant.name}"`,
            found: `more for "${role.name}"`,
            required: "nothing but the role's own policy",
        })),
        ...(policies.get(role.urn) ?? [])
            .flatMap((policy) => statementsOf(policy, "policy"))
            .filter((statement) => listOf(statement.get("Action")).some(readsSecrets))
            .flatMap((statement) => listOf(statement.get("Resource")))
            .flatMap((resource) =>
                resource.require(isOwn(resource), "a parameter or secret that the task's containers name"),
            ),
    ];
}

function readsSecrets({ text = "*" }: Value): boolean {
    return /^(ssm|secretsmanager):|\*/.test(text);
}

function othersOf(service: Resource, holders: readonly Resource[] | undefined): readonly Resource[] {
    return (holders ?? []).filter(({ urn }) => urn !== service.urn);
}

/** No two services have the same execution role: it may read what it is for. */
export function ownRole(service: Resource, { ofRole }: Holders): readonly Finding[] {
    const role = executionRoleOf(service);
    const taskRole = taskRoleOf(service);
    const taken = taskRole === undefined ? [] : (ofRole.get(taskRole.urn) ?? []);
    return [
        ...[role, ...(taskRole === undefined ? [] : [taskRole])].flatMap(assumedByTasks),
        ...othersOf(service, ofRole.get(role.urn)).map(({ name }) => ({
            at: "executionRoleArn",
            found: `the role "${role.name}", which "${name}" has too`,
            required: "an execution role of the service's own",
        })),
        ...taken.map(({ name }) => ({
            at: "taskRoleArn",
            found: `the role "${taskRole?.name ?? ""}", with which "${name}" reads its key`,
            required: "a role that reads no keys",
        })),
    ];
}

/** Anybody else who may assume the role has what the task has: its key. */
function assumedByTasks(role: Resource): readonly Finding[] {
    return statementsOf(role, "assumeRolePolicy").flatMap((statement) => {
        const principal = statement.get("Principal");
        const isTasks =
            principal.fields.length === 1 && principal.get("Service").text === "ecs-tasks.amazonaws.com";
        return principal
            .require(isTasks, "ecs-tasks.amazonaws.com alone")
            .map((finding) => ({ ...finding, at: `role "${role.name}" ${finding.at}` }));
    });
}

/** A task may do without a role; one that it has is one that is judged. */
function taskRoleOf(service: Resource): Resource | undefined {
    const task = taskDefinitionOf(service);
    return task.props.get("taskRoleArn").isMissing
        ? undefined
        : joined(task, "taskRoleArn", roleType, ({ props }) => [props.get("arn").text]);
}

function executionRoleOf(service: Resource): Resource {
    return joined(taskDefinitionOf(service), "executionRoleArn", roleType, ({ props }) => [
        props.get("arn").text,
    ]);
}

/** The key that a proxy starts with: a SecureString of this program, or a guest's own, that no other service names, and never plain text. */
export function ownKey(
    service: Resource,
    { ofKey }: Holders,
    secure: ReadonlySet<string | undefined>,
): readonly Finding[] {
    const keys = keyNames(service);
    const plain = containersOf(taskDefinitionOf(service))
        .flatMap((container) => container.get("environment").items())
        .filter((variable) => variable.get("value").text?.includes("PRIVATE KEY-----") === true);
    return [
        ...(keys.length === 0
            ? [{ at: "secrets", found: "no MESH_PRIVATE_KEY", required: "the service's key" }]
            : []),
        ...keys.flatMap((key) =>
            key.require(
                secure.has(key.text) && othersOf(service, ofKey.get(key.text ?? "")).length === 0,
                "the name of a SecureString parameter of this program, or of the mesh that it joins, that is this service's alone",
            ),
        ),
        ...plain.map((variable) => variable.finding("no key in the environment", "a private key")),
    ];
}

function keyNames(service: Resource): readonly Value[] {
    return containersOf(taskDefinitionOf(service))
        .flatMap((container) => container.get("secrets").items())
        .filter((secret) => secret.get("name").text === "MESH_PRIVATE_KEY")
        .map((secret) => secret.get("valueFrom"));
}
