import type { Finding } from "../finding";
import type { Sidecar } from "../facts/sidecar";

/** Nothing beside its command and what it is told decides what the proxy's container does. */
export function hasPlainEnvironment({ container, source }: Sidecar): readonly Finding[] {
    const files = container.get("environmentFiles");
    return [
        ...files.require(files.items().length === 0, "nothing: variables from elsewhere"),
        ...["environment", "secrets"].flatMap((field) =>
            container
                .get(field)
                .items()
                .flatMap((variable) =>
                    variable.require(
                        source.variables.test(variable.get("name").text ?? ""),
                        source.wantVariables,
                        variable.get("name").shown,
                    ),
                ),
        ),
    ];
}
