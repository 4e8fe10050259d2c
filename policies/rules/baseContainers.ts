import type { Finding } from "../finding";
import { containersOf } from "../facts/taskDefinitions";
import type { Value } from "../facts/value";
import { each, type Rule } from "../rule";

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
            "cdk-nag AwsSolutions-ECS7",
        ],
        remediation: "leave the containers of MeshedService as generated.",
        settings: {},
        checks: (stack) =>
            each(stack.ofType("aws:ecs/taskDefinition:TaskDefinition"), (task) => {
                const pid = task.props.get("pidMode");
                return [
                    ...pid.require(pid.isMissing || pid.isUnknown, "nothing: no shared processes"),
                    ...containersOf(task).flatMap(hardened),
                ];
            }),
    };
}

function hardened(container: Value): readonly Finding[] {
    const [root, privileged, user] = ["readonlyRootFilesystem", "privileged", "user"].map((name) =>
        container.get(name),
    ) as [Value, Value, Value];
    const capabilities = container.get("linuxParameters", "capabilities");
    const dropped = capabilities
        .get("drop")
        .items()
        .map(({ text }) => text);
    const extra = capabilities.get("add");
    const driver = container.get("logConfiguration", "logDriver");
    const number = /^([a-z_][a-z0-9_-]*|\d+)(:[\w-]+)?$/.exec(user.text ?? "")?.[1];
    return [
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
