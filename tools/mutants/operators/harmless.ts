import { parse } from "yaml";
import { added, ofType, replaced, set, type Harmless, type Props } from "../operator";
import { unknownText, type Recorded } from "../recording";

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

const [like, extra] = ["analytics-service", "extra-service"];

/** A service that nobody calls yet is like one that calls nobody: its resources again under another name, in the call graph and on dashboards too. */
const extraService: Harmless = {
    target: "an extra compliant service",
    appliesTo: ofType("shop:mesh:ServiceMesh"),
    apply: (mesh, program) => {
        const own = program.filter(({ name }) => name.replace(/^observability-/, "").startsWith(like));
        const again = JSON.parse(JSON.stringify(own).replaceAll(like, extra)) as Recorded[];
        const declared = replaced(program, mesh, ({ props }) => {
            for (const registered of [props.callers, props.deployments] as (Props | undefined)[]) {
                if (registered?.[like] !== undefined) {
                    registered[extra] = registered[like] === like ? extra : registered[like];
                }
            }
        });
        return [...declared.map(drawn), ...again];
    },
};

/** A resource that says what dashboards draw, or a dashboard, with the extra service too. */
function drawn(resource: Recorded): Recorded {
    const { dashboardBody: body, shows } = resource.props as {
        dashboardBody?: unknown;
        shows?: Record<string, string[]>;
    };
    if (shows !== undefined) {
        const more = Object.entries(shows).map(([name, names]) => [name, [...names, extra]] as const);
        return { ...resource, props: { ...resource.props, shows: Object.fromEntries(more) } };
    }
    if (typeof body !== "string" || !body.startsWith("{")) {
        return resource;
    }
    const dashboard = JSON.parse(body) as { widgets: Props[] };
    const widget = {
        type: "metric",
        properties: { metrics: [["AWS/ECS", "CPUUtilization", "ServiceName", extra]] },
    };
    const dashboardBody = JSON.stringify({ ...dashboard, widgets: [...dashboard.widgets, widget] });
    return { ...resource, props: { ...resource.props, dashboardBody } };
}

/** Changes that break nothing: no rule may mind them. */
export const harmless: readonly Harmless[] = [
    changing("tags of a stage", "aws:apigateway/stage:Stage", "tags", { team: "shop" }),
    changing("size of a task", "aws:ecs/taskDefinition:TaskDefinition", "cpu", "1024"),
    changing("name of a usage plan", "aws:apigateway/usagePlan:UsagePlan", "name", "another"),
    changing("name of a role", "aws:iam/role:Role", "name", "another"),
    changing("size of a service", "aws:ecs/service:Service", "desiredCount", 1),
    extraService,
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
