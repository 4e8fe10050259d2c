import type { Finding } from "../finding";
import { reachOf } from "../facts/envoy/address";
import type { Bootstrap } from "../facts/envoy/bootstrap";
import { isPlainList, isPlainObject, type Plain } from "../facts/plain";
import type { Sidecar } from "../facts/sidecar";

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
export function isStatic({ bootstrap, source }: Sidecar): readonly Finding[] {
    const { message } = bootstrap;
    return [
        ...fetched.flatMap((name) => {
            const source = message.get(name);
            return source.require(source.isMissing, "static configuration", fromElsewhere);
        }),
        ...partsFetched(message.plain, message.path),
        ...adminStaysInTask(bootstrap),
        ...source.launched(),
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
