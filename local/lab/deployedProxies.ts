import { parse } from "yaml";
import { limitsVariable } from "../../components/mesh/limiter/limiterConfig";
import type { ApplicationProtocol } from "./stubServer";

/** The part of an exported stack that the lab reads. */
export interface StackExport {
    readonly deployment: {
        readonly resources?: readonly {
            readonly type: string;
            readonly urn: string;
            readonly id?: string;
            readonly outputs?: Readonly<Record<string, unknown>>;
        }[];
    };
}

/** An Envoy container of a deployed task definition, with its secrets looked up. */
export interface DeployedProxy {
    readonly member: string;
    readonly bootstrap: Bootstrap;
    readonly environment: Readonly<Record<string, string>>;
    /** The script that the container runs: it starts Envoy, and drains it on SIGTERM. */
    readonly entryPoint: string;
    /** Ports of the task's application container; none for the ingress. */
    readonly applicationPorts: readonly number[];
    /** What the proxy speaks to the application. */
    readonly applicationProtocol: ApplicationProtocol;
    /** The application where it is no stranger's: the limiter, whose program the lab has. */
    readonly limiter?: DeployedProgram;
}

/** A container's script, and the environment with its secrets looked up. */
export interface DeployedProgram {
    readonly script: string;
    readonly environment: Readonly<Record<string, string>>;
}

export interface Bootstrap {
    readonly node: { readonly id: string; readonly cluster: string };
    readonly [field: string]: unknown;
}

interface Container {
    readonly name: string;
    readonly command?: readonly string[];
    readonly environment?: readonly { readonly name: string; readonly value: string }[];
    readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
    readonly portMappings?: readonly { readonly containerPort: number }[];
}

const taskDefinitionType = "aws:ecs/taskDefinition:TaskDefinition";
const parameterType = "aws:ssm/parameter:Parameter";
/** A bootstrap writes what its callees have in common once; the parser's own bound is made for strangers' documents. */
const mostAliases = 10_000;

/** Every proxy that a stack (exported with its secrets shown) has deployed, by the member's name. */
export function deployedProxies(stack: StackExport): ReadonlyMap<string, DeployedProxy> {
    const resources = stack.deployment.resources ?? [];
    const outputsOf = (type: string): readonly Readonly<Record<string, unknown>>[] =>
        resources.filter((resource) => resource.type === type).map(({ outputs }) => outputs ?? {});
    const parameters = new Map(
        outputsOf(parameterType).map(({ name, value }) => [String(plain(name)), String(plain(value))]),
    );
    const proxies = outputsOf(taskDefinitionType).flatMap(({ containerDefinitions }) => {
        const containers = JSON.parse(String(plain(containerDefinitions))) as readonly Container[];
        const envoy = containers.find(({ name }) => name === "envoy");
        return envoy === undefined ? [] : [deployedProxy(envoy, containers, parameters)];
    });
    return new Map(proxies.map((proxy) => [proxy.member, proxy]));
}

function deployedProxy(
    envoy: Container,
    containers: readonly Container[],
    parameters: ReadonlyMap<string, string>,
): DeployedProxy {
    const text = envoy.environment?.find(({ name }) => name === "ENVOY_BOOTSTRAP")?.value;
    if (text === undefined) {
        throw new Error("an envoy container has no ENVOY_BOOTSTRAP");
    }
    const bootstrap = parse(text, { maxAliasCount: mostAliases }) as Bootstrap;
    const secretsOf = (container: Container): Readonly<Record<string, string>> =>
        Object.fromEntries(
            (container.secrets ?? []).map(({ name, valueFrom }) => {
                const value = parameters.get(valueFrom);
                if (value === undefined) {
                    throw new Error(`${bootstrap.node.id}: the stack has no parameter ${valueFrom}`);
                }
                return [name, value] as const;
            }),
        );
    const application = containers.find(({ name }) => name === "application");
    const variables = application?.environment ?? [];
    return {
        member: bootstrap.node.id,
        bootstrap,
        environment: secretsOf(envoy),
        entryPoint: envoy.command?.[0] ?? "",
        applicationProtocol: protocolOf(bootstrap),
        applicationPorts: (application?.portMappings ?? []).map(({ containerPort }) => containerPort),
        ...(application === undefined || !variables.some(({ name }) => name === limitsVariable)
            ? {}
            : {
                  limiter: {
                      script: application.command?.[0] ?? "",
                      environment: {
                          ...Object.fromEntries(variables.map(({ name, value }) => [name, value] as const)),
                          ...secretsOf(application),
                      },
                  },
              }),
    };
}

/** Prior knowledge of HTTP/2 stands in the options of the cluster that leads to the application. */
function protocolOf({ static_resources: resources }: Bootstrap): ApplicationProtocol {
    const { clusters = [] } = resources as { readonly clusters?: readonly { readonly name: string }[] };
    const application = clusters.find(({ name }) => name === "application");
    return JSON.stringify(application ?? {}).includes('"http2_protocol_options"') ? "http2" : "http1";
}

/** A secret value stands in an export as an envelope with the JSON of its plain text. */
function plain(value: unknown): unknown {
    if (typeof value === "object" && value !== null && "plaintext" in value) {
        return JSON.parse(String(value.plaintext));
    }
    return value;
}
