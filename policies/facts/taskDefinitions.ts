import { joined } from "./join";
import { remembering } from "./memo";
import type { Resource } from "./stack";
import { strictJson } from "./strictJson";
import { Value } from "./value";

export const ecsServiceType = "aws:ecs/service:Service";
export const taskDefinitionType = "aws:ecs/taskDefinition:TaskDefinition";

/** Fields of a container that rules read. ECS takes them in any case; in another one they are refused, not overlooked. */
const judged = ["name", "entryPoint", "command", "environment", "secrets", "environmentFiles"];
const spelling = new Map(judged.map((field) => [field.toLowerCase(), field]));

const parsedDefinitions = remembering(strictJson);

/** The task definition that an ECS service runs. */
export function taskDefinitionOf(service: Resource): Resource {
    return joined(service, "taskDefinition", taskDefinitionType, ({ props }) => {
        const [family, revision] = [props.get("family").text, props.get("revision").number];
        const withRevision =
            family === undefined || revision === undefined ? undefined : `${family}:${revision}`;
        return [props.get("arn").text, props.get("arnWithoutRevision").text, family, withRevision];
    });
}

export function containersOf(task: Resource): readonly Value[] {
    const definitions = task.props.get("containerDefinitions");
    if (definitions.text === undefined) {
        throw definitions.unjudgeable("JSON text that is known at preview");
    }
    const parsed = parsedDefinitions(definitions.text);
    if (parsed === undefined) {
        throw definitions.unjudgeable("JSON text that names each field once", "text that is not");
    }
    const containers = new Value(definitions.path, parsed).items();
    containers.forEach(refuseOtherSpelling);
    return containers;
}

function refuseOtherSpelling(container: Value): void {
    for (const field of container.fields) {
        const expected = spelling.get(field.toLowerCase());
        if (expected !== undefined && expected !== field) {
            throw container.get(field).unjudgeable(`the spelling "${expected}"`, `the spelling "${field}"`);
        }
    }
}
