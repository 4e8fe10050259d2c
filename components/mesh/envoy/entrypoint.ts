import { drained } from "../proxyScripts";

/**
 * Container environment variable that holds the bootstrap. It is passed whole on Envoy's command line: no file,
 * so that the container's file system can be read-only.
 */
export const bootstrapVariable = "ENVOY_BOOTSTRAP";

/** Runs Envoy, drained on SIGTERM: without that it resets requests in flight. */
export function entrypoint(drainSeconds: number, concurrency: number): string {
    const command = `envoy --disable-hot-restart --concurrency ${concurrency} --log-level warning --config-yaml "$${bootstrapVariable}"`;
    return drained(drainSeconds, command);
}
