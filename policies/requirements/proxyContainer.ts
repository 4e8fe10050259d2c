import type { Finding } from "../finding";
import type { Value } from "../facts/value";

/** Variables that the generated bootstraps read. Any other may change what the container runs: `BASH_ENV`, `LD_PRELOAD`… */
const known = /^(ENVOY_BOOTSTRAP|(MESH|GATEWAY)_[A-Z_]+)$/;

/** Nothing beside its command and its bootstrap decides what the proxy's container does. */
export function hasPlainEnvironment(container: Value): readonly Finding[] {
    const files = container.get("environmentFiles");
    return [
        ...files.require(files.items().length === 0, "nothing: variables from elsewhere"),
        ...["environment", "secrets"].flatMap((field) =>
            container
                .get(field)
                .items()
                .flatMap((variable) =>
                    variable.require(
                        known.test(variable.get("name").text ?? ""),
                        "ENVOY_BOOTSTRAP, MESH_… or GATEWAY_…: no variable that a shell or a loader reads",
                        variable.get("name").shown,
                    ),
                ),
        ),
    ];
}
