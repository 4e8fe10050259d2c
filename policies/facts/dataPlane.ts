import type { Finding } from "../finding";
import type { Resource } from "./stack";
import type { Value } from "./value";

/** A place of a proxy's configuration that a data plane has no say in. */
export interface Unheld {
    /** What is lacking, as the beginning of a sentence. */
    readonly what: string;
    readonly isAbout: (finding: Finding) => boolean;
}

/** How a proxy comes by its configuration, which the rules judge as Envoy's own messages whichever way that is. */
export interface ProxySource {
    readonly configuration: Value;
    /** Findings where the container does not run just that. */
    readonly launched: () => readonly Finding[];
    /** Names of the variables that its container may have. */
    readonly variables: RegExp;
    readonly wantVariables: string;
    readonly unheld: readonly Unheld[];
}

/** Reads the configuration of the proxies of one data plane; nothing where a container is none of its. */
export type ProxyReader = (service: Resource, task: Resource, container: Value) => ProxySource | undefined;

/** The variables of a container that have a name. */
export function variablesNamed(container: Value, name: string): readonly Value[] {
    return container
        .get("environment")
        .items()
        .filter((candidate) => candidate.get("name").text === name);
}
