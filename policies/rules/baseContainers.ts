import type { Finding } from "../finding";
import type { Resource } from "../facts/stack";
import { containersOf } from "../facts/taskDefinitions";
import type { Value } from "../facts/value";
import { each, type Rule } from "../rule";

const exactImage = /^[^:@]+(:\d+)?[^:@]*(@sha256:[0-9a-f]{64}|:[\w][\w.-]*(@sha256:[0-9a-f]{64})?)$/;

/** Fields of a container that this pack reads, or that let it reach nothing and nothing reach it. ECS takes them in any case, this pack in this one. */
const knownFields = new Set(
    `name image essential user readonlyRootFilesystem privileged linuxParameters logConfiguration firelensConfiguration
    portMappings environment environmentFiles secrets entryPoint command workingDirectory healthCheck dependsOn restartPolicy
    startTimeout stopTimeout cpu memory memoryReservation ulimits systemControls mountPoints volumesFrom dockerLabels
    repositoryCredentials`.split(/\s+/),
);

/** ADR-003, "Layered security": a container that is taken over can do little. */
export function baseContainers(): Rule {
    return {
        id: "base-containers",
        title: "Containers without privileges",
        description:
            "Every container writes nothing to its own file system, runs as a user other than root, without privileges and capabilities, and logs.",
        clause: "Layered security approach; Log aggregation",
        severity: "high",
        controls: [
            "Security Hub ECS.3",
            "Security Hub ECS.4",
            "Security Hub ECS.5",
            "Security Hub ECS.9",
            "Security Hub ECS.20",
            "cdk-nag AwsSolutions-ECS7",
        ],
        remediation: "leave the containers of MeshedService as generated.",
        settings: {},
        checks: (stack) =>
            each(stack.ofType("aws:ecs/taskDefinition:TaskDefinition"), (task) => {
                const [pid, ipc] = [task.props.get("pidMode"), task.props.get("ipcMode")];
                const faults = task.props.get("enableFaultInjection");
                return [
                    ...faults.require(
                        faults.isOff || task.isComputed("enableFaultInjection"),
                        "false: whoever may reach the task's metadata could break its network",
                    ),
                    ...pid.require(isUnset(task, pid), "nothing: no shared processes"),
                    ...ipc.require(isUnset(task, ipc), "nothing: no shared memory"),
                    ...(task.isComputed("volumes") ? [] : task.props.get("volumes").items().flatMap(isEmpty)),
                    ...containersOf(task).flatMap((container) => [
                        ...hardened(container),
                        ...container.fields.flatMap((field) => isKnown(field, container.get(field))),
                    ]),
                ];
            }),
    };
}

/** AWS fills in empty ones. */
function isKnown(name: string, field: Value): readonly Finding[] {
    const isEmpty = ["", "[]", "{}", "false", "0", '""'].includes(JSON.stringify(field.plain ?? ""));
    return field.require(isEmpty || knownFields.has(name), "fields whose effect this pack knows");
}

function isUnset(task: Resource, mode: Value): boolean {
    return mode.isMissing || (mode.isUnknown && task.isComputed(mode.path));
}

/** A volume that begins empty with the task and ends with it: nothing from elsewhere is mounted over a container's files. */
function isEmpty(volume: Value): readonly Finding[] {
    const from = volume.fields.filter((field) => !["name", "configureAtLaunch"].includes(field));
    return [
        ...volume.require(
            from.length === 0,
            "a volume of the task's own",
            `a volume with ${from.join(", ")}`,
        ),
        ...volume.get("configureAtLaunch").require(volume.get("configureAtLaunch").isOff, "false"),
    ];
}

function hardened(container: Value): readonly Finding[] {
    const [root, privileged, user] = ["readonlyRootFilesystem", "privileged", "user"].map((name) =>
        container.get(name),
    ) as [Value, Value, Value];
    const image = container.get("image");
    const capabilities = container.get("linuxParameters", "capabilities");
    const dropped = capabilities
        .get("drop")
        .items()
        .map(({ text }) => text);
    const extra = capabilities.get("add");
    const driver = container.get("logConfiguration", "logDriver");
    const number = /^([a-z_][a-z0-9_-]*|\d+)(:[\w-]+)?$/.exec(user.text ?? "")?.[1];
    return [
        ...image.require(
            exactImage.test(image.text ?? "") && !(image.text ?? "").endsWith(":latest"),
            "an image by digest or by a tag of its own",
        ),
        ...root.require(root.isTrue, "true"),
        ...privileged.require(privileged.isOff, "false"),
        ...user.require(
            number !== undefined && number !== "root" && Number(number) !== 0,
            "a user other than root",
        ),
        ...capabilities.require(
            dropped.includes("ALL") && extra.items().length === 0,
            "all dropped, none added",
        ),
        ...driver.require(
            driver.text === "awslogs" || driver.text === "awsfirelens",
            '"awslogs" or "awsfirelens"',
        ),
    ];
}
