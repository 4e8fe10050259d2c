import { parse } from "yaml";
import { added, ofType, replaced, set, type Harmless } from "../operator";
import { unknownText } from "../recording";

function changing(target: string, type: string, path: string, value: unknown): Harmless {
    return {
        target,
        appliesTo: ofType(type),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                set(props, path, value);
            }),
    };
}

/** Keys of a JSON text in the opposite order, at every level. */
function reordered(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(reordered);
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(
              Object.entries(value)
                  .reverse()
                  .map(([name, field]) => [name, reordered(field)]),
          )
        : value;
}

const root = "pulumi:pulumi:Stack";

/** Changes that break nothing: no rule may mind them. */
export const harmless: readonly Harmless[] = [
    changing("tags of a stage", "aws:apigateway/stage:Stage", "tags", { team: "shop" }),
    changing("size of a task", "aws:ecs/taskDefinition:TaskDefinition", "cpu", "1024"),
    changing("words about a service", "aws:servicediscovery/service:Service", "description", "Other words"),
    changing("longer retention of logs", "aws:cloudwatch/logGroup:LogGroup", "retentionInDays", 365),
    {
        target: "order of JSON keys in container definitions",
        appliesTo: ofType("aws:ecs/taskDefinition:TaskDefinition"),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                const text = String(props.containerDefinitions);
                props.containerDefinitions = JSON.stringify(reordered(JSON.parse(text)));
            }),
    },
    {
        target: "bootstrap as indented JSON",
        appliesTo: ofType("aws:ecs/taskDefinition:TaskDefinition"),
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                const containers = JSON.parse(String(props.containerDefinitions)) as {
                    environment: { name: string; value: string }[];
                }[];
                for (const variable of containers.flatMap(({ environment }) => environment)) {
                    const isBootstrap = variable.name === "ENVOY_BOOTSTRAP";
                    variable.value = isBootstrap
                        ? JSON.stringify(parse(variable.value), null, 2)
                        : variable.value;
                }
                props.containerDefinitions = JSON.stringify(containers);
            }),
    },
    {
        target: "another bucket",
        appliesTo: ofType(root),
        apply: (_, program) =>
            added(program, "aws:s3/bucket:Bucket", "reports", { arn: unknownText, tags: unknownText }),
    },
];
