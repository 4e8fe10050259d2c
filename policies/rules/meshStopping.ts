import { atLeast, settled } from "../configuration";
import type { Finding } from "../finding";
import { proxiedServices, sidecarOf } from "../facts/sidecar";
import type { Value } from "../facts/value";
import { each, type Rule } from "../rule";

/** DNS answer 5 s, health check 5 s and its timeout 2 s: how long callers take to notice. */
const settings = { drainSeconds: atLeast(12, 110) };

/** ADR-003: a service that stops finishes what it has begun. */
export function meshStopping(): Rule {
    return {
        id: "mesh-stopping",
        title: "Connections drained before a proxy stops",
        description:
            "Every proxy fails its health check on SIGTERM, waits until callers have noticed, and only then stops.",
        clause: "Service discovery and load balancing; Health Checks",
        severity: "medium",
        controls: [],
        remediation: "leave command and stopTimeout of the container envoy as generated.",
        settings,
        waiting: { 1: "there are no proxies yet to drain" },
        checks: (stack, configured) => {
            const { drainSeconds } = settled(settings, configured);
            return each(proxiedServices(stack), (service) =>
                drains(sidecarOf(service).container, drainSeconds),
            );
        },
    };
}

function drains(container: Value, least: number): readonly Finding[] {
    const script = container
        .get("command")
        .items()
        .map(({ text }) => text ?? "")
        .join("\n");
    const body = /\bdrain\(\) \{([^}]*)\}/.exec(script)?.[1] ?? "";
    const slept = Number(/^\s*sleep (\d+)$/m.exec(body)?.[1] ?? Number.NaN);
    const [fails, sleeps, ends] = ["/healthcheck/fail", "sleep ", "kill -TERM"].map((word) =>
        body.indexOf(word),
    );
    const isOrdered = (fails ?? -1) >= 0 && (fails ?? 0) < (sleeps ?? -1) && (sleeps ?? 0) < (ends ?? -1);
    const stop = container.get("stopTimeout");
    const essential = container.get("essential");
    return [
        ...container
            .get("command")
            .require(
                isOrdered && /^trap drain TERM/m.test(script) && slept >= least,
                `a trap on TERM that fails the health check, sleeps at least ${least} s and ends Envoy`,
            ),
        ...(Number.isNaN(slept)
            ? []
            : stop.require(stop.numberOr(30) > slept, `longer than ${slept} s, for which it drains`)),
        ...essential.require(essential.isMissing || essential.isTrue, "true: no task without its proxy"),
    ];
}
