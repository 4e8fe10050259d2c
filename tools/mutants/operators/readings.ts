import type { Kind, Operator } from "../operator";
import { inContainers, proxy } from "./bootstraps";

/** Operators that leave every word of a bootstrap where it is, and have Envoy read another thing than it seems to say. */
export const readings: readonly Operator[] = [
    inText("mesh-mtls", "flip", "the client's certificate to a field that Envoy ignores", (text) =>
        text.replace(/\brequire_client_certificate:/, "!ignore require_client_certificate:"),
    ),
    inText("mesh-mtls", "flip", "accepted identities to a field that Envoy ignores", (text) =>
        text.replace(/\bmatch_typed_subject_alt_names:/, "!ignore match_typed_subject_alt_names:"),
    ),
    inText("mesh-circuit-breaker", "flip", "outlier detection to a field that Envoy ignores", (text) =>
        text.replace(/\boutlier_detection:/, "!ignore outlier_detection:"),
    ),
    inText("mesh-mtls", "bypass", "a second document ahead of the bootstrap", (text) => `{}\n---\n${text}`),
];

function inText(rule: string, kind: Kind, target: string, change: (text: string) => string): Operator {
    return inContainers(
        rule,
        kind,
        target,
        (containers) => {
            for (const variable of bootstrapsOf(proxy(containers))) {
                variable.value = change(variable.value);
            }
        },
        ({ props }) => {
            const containers = JSON.parse(String(props.containerDefinitions)) as { name: string }[];
            const own = containers.find(({ name }) => name === "envoy");
            return own !== undefined && bootstrapsOf(own).some(({ value }) => change(value) !== value);
        },
    );
}

function bootstrapsOf(container: object): { name: string; value: string }[] {
    const { environment } = container as { environment?: { name: string; value: string }[] };
    return (environment ?? []).filter(({ name }) => name === "ENVOY_BOOTSTRAP");
}
