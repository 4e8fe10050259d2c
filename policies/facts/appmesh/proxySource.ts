import { Unjudgeable, type Finding } from "../../finding";
import { variablesNamed, type ProxyReader } from "../dataPlane";
import { bootstrapFacts, facingNetwork } from "../envoy/bootstrap";
import type { PlainObject } from "../plain";
import type { Value } from "../value";
import { configurationOf, type ProxyName } from "./configuration";
import { isIntercepted } from "./interception";
import { unheld } from "./unheld";

export const resourceVariable = "APPMESH_RESOURCE_ARN";
const agent = /^\/usr\/bin\/agent &$/m;
const writes = /^printf '%s\\n' "\$(\w+)" > (\S+)$/gm;

/** Reads what App Mesh tells the proxy of a task. */
export const appMeshProxy: ProxyReader = (service, task, container) => {
    const [variable, ...others] = variablesNamed(container, resourceVariable);
    if (variable === undefined) {
        return undefined;
    }
    if (others.length > 0) {
        throw variable.unjudgeable("one virtual node or virtual gateway", "more than one");
    }
    const proxy = proxyName(variable.get("value"));
    const configuration = configurationOf(proxy, service.program, sourcesOf(container));
    const ports = facingNetwork(bootstrapFacts(configuration)).flatMap((listener) => listener.ports);
    return {
        configuration,
        launched: () => [
            ...runsAgent(container),
            ...(proxy.kind === "virtualNode" ? isIntercepted(task, container, ports) : []),
        ],
        variables:
            /^(APPMESH_RESOURCE_ARN|ENVOY_ADMIN_ACCESS_LOG_FILE|ENVOY_CONCURRENCY|ENVOY_LOG_LEVEL|LISTENER_DRAIN_WAIT_TIME_S|TMPDIR|(MESH|GATEWAY)_[A-Z_]+)$/,
        wantVariables:
            "APPMESH_RESOURCE_ARN, those that ServiceMesh sets, MESH_… or GATEWAY_…: none by which the agent takes configuration from elsewhere",
        unheld,
    };
};

function proxyName(value: Value): ProxyName {
    const found =
        /^(?:arn:[\w-]+:appmesh:[\w-]+:\d*:)?mesh\/([^/]+)\/(virtualNode|virtualGateway)\/([^/]+)$/.exec(
            value.text ?? "",
        );
    const [, mesh, kind, name] = found ?? [];
    if (mesh === undefined || name === undefined) {
        throw value.unjudgeable("a virtual node or virtual gateway: mesh/<mesh>/virtualNode/<name>");
    }
    return { mesh, kind: kind as ProxyName["kind"], name };
}

function scriptOf(container: Value): string {
    return ["entryPoint", "command"]
        .flatMap((field) => container.get(field).items())
        .map(({ text }) => text ?? "")
        .join("\n");
}

/** The entry point writes certificates from variables to files: the variable is where a file's content comes from. */
function sourcesOf(container: Value): (path: string) => PlainObject {
    const written = [...scriptOf(container).matchAll(writes)].map(
        ([, variable, path]) => [path, variable] as const,
    );
    return (path) => {
        const [source, ...others] = written.filter(([file]) => file === path);
        if (others.length > 0) {
            throw new Unjudgeable({
                at: container.get("command").path,
                found: `${path} written more than once`,
                required: "each file once",
            });
        }
        return source?.[1] === undefined ? { filename: path } : { environment_variable: source[1] };
    };
}

function runsAgent(container: Value): readonly Finding[] {
    const script = scriptOf(container);
    return container
        .get("command")
        .require(
            agent.test(script) && !/\benvoy\s+-|ENVOY_|APPMESH_|--envoyConfigPath/.test(script),
            "App Mesh's agent, alone and without settings of its own",
        );
}
