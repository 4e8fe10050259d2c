import type { Finding } from "../finding";
import type { Sidecar } from "../facts/sidecar";

/** Nothing beside its command and what it is told decides what the proxy's container does. */
export function hasPlainEnvironment({ container, source }: Sidecar): readonly Finding[] {
    const files = container.get("environmentFiles");
    return [
        ...["mountPoints", "volumesFrom"].flatMap((field) => {
            const mounts = container.get(field);
            return mounts.require(mounts.items().length === 0, "nothing mounted over the image's files");
        }),
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
