import type { DeployedProxy } from "../../../local/lab/deployedProxies";

/** Where a bootstrap says what the proxy tells others of its work: spans, statistics, access logs. */
const telemetryFields: readonly string[] = ["tracing", "stats_sinks", "access_log"];

/** The proxy with its telemetry off: there is no collector beside it here that would take what it sends. */
export function withoutTelemetry(proxy: DeployedProxy): DeployedProxy {
    const text = JSON.stringify(proxy.bootstrap, (field, value: unknown) =>
        telemetryFields.includes(field) ? undefined : value,
    );
    return { ...proxy, bootstrap: JSON.parse(text) as DeployedProxy["bootstrap"] };
}
