import type { Finding } from "../finding";
import type { Bootstrap } from "../facts/envoy/bootstrap";

/** Runtime keys that neither the circuit breaker nor the rate limit reads. */
const harmless = ["overload.", "re2.", "envoy.resource_limits."];

/** Runtime keys override a bootstrap's settings (`outlier_detection.consecutive_5xx`…). Source: Envoy, "Runtime". */
export function hasNoOverrides({ message }: Bootstrap): readonly Finding[] {
    return message
        .get("layered_runtime", "layers")
        .items()
        .flatMap((layer) => {
            const keys = layer.get("static_layer").fields;
            const isStatic = layer.fields.every((field) => field === "name" || field === "static_layer");
            const holds = isStatic && keys.every((key) => harmless.some((prefix) => key.startsWith(prefix)));
            return layer.require(
                holds,
                `a static layer with no keys but ${harmless.map((key) => `${key}*`).join(", ")}`,
            );
        });
}
