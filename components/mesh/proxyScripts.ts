import { adminPort } from "../model/ports";

/** Opens a connection to a loopback port, sends one HTTP/1.1 request and reads the status line: the image has no curl. */
const request = `ask() {
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf '%s %s HTTP/1.1\\r\\nhost: localhost\\r\\ncontent-length: 0\\r\\nconnection: close\\r\\n\\r\\n' "$2" "$3" >&3
  IFS=' ' read -r -t 3 _ status _ <&3
  exec 3>&-
  [ "$status" = 200 ]
}`;

/**
 * Runs a command that starts Envoy and, on SIGTERM, drains it: the health check fails, connections are told to close, and only when callers
 * must have noticed and the longest request has ended is the command stopped. `before` is done first.
 */
export function drained(drainSeconds: number, command: string, before = ""): string {
    return `set -u
${before}${request}
drain() {
  ask ${adminPort} POST /healthcheck/fail
  sleep ${drainSeconds}
  kill -TERM "$envoy"
}
trap drain TERM INT
${command} &
envoy=$!
wait "$envoy"
code=$?
while kill -0 "$envoy" 2>/dev/null; do
  wait "$envoy"
  code=$?
done
exit "$code"
`;
}

/** Healthy when Envoy is ready and, where the application can be asked from a shell, the application answers 200. */
export function healthScript(application?: { readonly port: number; readonly path: string }): string {
    const checks = [`ask ${adminPort} GET /ready`];
    if (application !== undefined) {
        checks.push(`ask ${application.port} GET ${application.path}`);
    }
    return `${request}
${checks.join(" && ")}`;
}
