import type { Finding } from "../finding";
import { reachOf } from "../facts/envoy/address";
import type { Bootstrap } from "../facts/envoy/bootstrap";
import { isPlainList, isPlainObject, type Plain } from "../facts/plain";
import { bootstrapVariable, type Sidecar } from "../facts/sidecar";
import type { Value } from "../facts/value";

/** Places from which a proxy would take configuration that is not in its bootstrap. Source: Envoy, "xDS configuration API". */
const fetched = ["dynamic_resources", "hds_config"] as const;
/** Fields by which parts of a static resource come from elsewhere, or leave the task without a cluster. */
const fetchedParts = new Set([
    "google_grpc",
    "sds_config",
    "rds",
    "scoped_routes",
    "vhds",
    "config_discovery",
]);

const fromElsewhere = "configuration from elsewhere";

/** The bootstrap is everything that the proxy does, and it is what the container runs. */
export function isStatic({ container, bootstrap }: Sidecar): readonly Finding[] {
    const { message } = bootstrap;
    return [
        ...fetched.flatMap((name) => {
            const source = message.get(name);
            return source.require(source.isMissing, "static configuration", fromElsewhere);
        }),
        ...partsFetched(message.plain, message.path),
        ...adminStaysInTask(bootstrap),
        ...runsBootstrap(container),
    ];
}

function partsFetched(value: Plain | undefined, path: string): readonly Finding[] {
    if (isPlainList(value)) {
        return value.flatMap((item, index) => partsFetched(item, `${path}[${index}]`));
    }
    if (!isPlainObject(value)) {
        return [];
    }
    return Object.entries(value).flatMap(([name, field]) =>
        fetchedParts.has(name) && field !== null
            ? [
                  {
                      at: `${path}.${name}`,
                      found: fromElsewhere,
                      required: "static configuration",
                  },
              ]
            : partsFetched(field, `${path}.${name}`),
    );
}

/** Whoever reaches the administration interface can stop the proxy or change what it does. */
function adminStaysInTask({ message }: Bootstrap): readonly Finding[] {
    const address = message.get("admin", "address");
    return message.get("admin").isMissing
        ? []
        : address.require(reachOf(address) === "task", "a loopback address");
}

/** A proxy that is started with other configuration would make the judged one worthless. A script can still lie: see docs/policies.md. */
function runsBootstrap(container: Value): readonly Finding[] {
    const words = ["entryPoint", "command"].flatMap((field) =>
        container
            .get(field)
            .items()
            .map(({ text }) => text),
    );
    const script = words.map((word) => word ?? "").join("\n");
    const uses = script.split(bootstrapVariable).length - 1;
    const passes = new RegExp(`--config-yaml "\\$(${bootstrapVariable}|\\{${bootstrapVariable}\\})"`).test(
        script,
    );
    const other = /--config-path|\benvoy\b[^\n]*\s-c[\s=]/.test(script);
    return container
        .get("command")
        .require(
            passes && uses === 1 && script.split("--config-yaml").length === 2 && !other,
            `envoy --config-yaml "$${bootstrapVariable}", once, and no other configuration`,
        );
}
