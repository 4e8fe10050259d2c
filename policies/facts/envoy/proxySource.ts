import type { Finding } from "../../finding";
import { variablesNamed, type ProxySource } from "../dataPlane";
import type { Value } from "../value";
import { envoyConfiguration } from "./text";

export const bootstrapVariable = "ENVOY_BOOTSTRAP";

/** Variables that the generated bootstraps read. Any other may change what the container runs: `BASH_ENV`, `LD_PRELOAD`… */
const variables = /^(ENVOY_BOOTSTRAP|(MESH|GATEWAY)_[A-Z_]+)$/;

/** Reads the bootstrap that a container is given whole. */
export function envoyProxy(container: Value): ProxySource {
    return {
        configuration: envoyConfiguration(bootstrapText(container)),
        launched: () => runsBootstrap(container),
        variables,
        wantVariables: "ENVOY_BOOTSTRAP, MESH_… or GATEWAY_…: no variable that a shell or a loader reads",
        unheld: [],
    };
}

function bootstrapText(container: Value): Value {
    const [variable, ...others] = variablesNamed(container, bootstrapVariable);
    if (variable === undefined || others.length > 0) {
        const found = `${others.length === 0 ? "no" : "more than one"} ${bootstrapVariable}`;
        throw container
            .get("environment")
            .unjudgeable(`the proxy's bootstrap in exactly one variable ${bootstrapVariable}`, found);
    }
    return variable.get("value");
}

/** Whatever else begins the command would run instead of the script, or before it. */
const shells: readonly (string | undefined)[] = ["/bin/bash", "/bin/sh"];

/** A proxy that is started with other configuration would make the judged one worthless. A script can still lie: see docs/policies.md. */
function runsBootstrap(container: Value): readonly Finding[] {
    const words = ["entryPoint", "command"].flatMap((field) =>
        container
            .get(field)
            .items()
            .map(({ text }) => text),
    );
    const script = words.map((word) => word ?? "").join("\n");
    const isOneScript = words.length === 3 && shells.includes(words[0]) && words[1] === "-c";
    const uses = script.split(bootstrapVariable).length - 1;
    const passes = new RegExp(`--config-yaml "\\$(${bootstrapVariable}|\\{${bootstrapVariable}\\})"`).test(
        script,
    );
    const other = /--config-path|\benvoy\b[^\n]*\s-c[\s=]/.test(script);
    return container
        .get("command")
        .require(
            isOneScript && passes && uses === 1 && script.split("--config-yaml").length === 2 && !other,
            `a shell's script with envoy --config-yaml "$${bootstrapVariable}", once, and no other configuration`,
        );
}
