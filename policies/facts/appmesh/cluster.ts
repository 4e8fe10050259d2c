import type { Plain, PlainObject } from "../plain";
import type { Resource } from "../stack";
import type { Value } from "../value";
import { duration } from "./duration";

/** A virtual node as its callers' proxies see it; `transport` is how they reach a port of it. */
export function cluster(
    { props }: Resource,
    transport: (port: number | undefined) => PlainObject,
): PlainObject {
    const name = props.get("name").text ?? null;
    const spec = props.get("spec");
    const [listener] = spec.get("listeners").items();
    const port = listener?.get("portMapping", "port").number;
    const found = spec.get("serviceDiscovery", "awsCloudMap");
    const [service, namespace] = [found.get("serviceName").text, found.get("namespaceName").text];
    const host = service === undefined || namespace === undefined ? null : `${service}.${namespace}`;
    return {
        name,
        // Cloud Map tells every instance; a name in DNS is one logical host.
        type: found.isMissing ? "LOGICAL_DNS" : "STRICT_DNS",
        load_assignment: endpoint(name, host, port ?? null),
        ...(listener === undefined ? {} : outlierDetection(listener.get("outlierDetection"))),
        ...(listener === undefined ? {} : healthChecks(listener.get("healthCheck"))),
        ...transport(port),
    };
}

/** The application beside a proxy. */
export function applicationCluster(port: Plain): PlainObject {
    return {
        name: "application",
        type: "STATIC",
        load_assignment: endpoint("application", "127.0.0.1", port),
    };
}

/** What a mesh lets out besides its backends: wherever the application wants to. */
export const anywhere: PlainObject = { name: "anywhere", type: "ORIGINAL_DST" };

function endpoint(cluster: Plain, address: Plain, port: Plain): PlainObject {
    const socket: PlainObject = { socket_address: { address, port_value: port } };
    const host: PlainObject = { endpoint: { address: socket } };
    const locality: PlainObject = { lb_endpoints: [host] };
    return { cluster_name: cluster, endpoints: [locality] };
}

function outlierDetection(detection: Value): PlainObject {
    return detection.isMissing
        ? {}
        : {
              outlier_detection: {
                  consecutive_5xx: detection.get("maxServerErrors").number ?? null,
                  interval: duration(detection.get("interval")),
                  base_ejection_time: duration(detection.get("baseEjectionDuration")),
                  max_ejection_percent: detection.get("maxEjectionPercent").number ?? null,
              },
          };
}

function healthChecks(check: Value): PlainObject {
    if (check.isMissing) {
        return {};
    }
    const protocol = check.get("protocol").text;
    const path = check.get("path").text ?? null;
    const kinds: Readonly<Record<string, PlainObject>> = {
        http: { http_health_check: { path } },
        http2: { http_health_check: { path } },
        grpc: { grpc_health_check: {} },
        tcp: { tcp_health_check: {} },
    };
    return {
        health_checks: [
            {
                interval: milliseconds(check.get("intervalMillis").number),
                timeout: milliseconds(check.get("timeoutMillis").number),
                unhealthy_threshold: check.get("unhealthyThreshold").number ?? null,
                healthy_threshold: check.get("healthyThreshold").number ?? null,
                ...kinds[protocol ?? ""],
            },
        ],
    };
}

function milliseconds(value: number | undefined): Plain {
    return value === undefined ? "unknown" : `${value / 1000}s`;
}
