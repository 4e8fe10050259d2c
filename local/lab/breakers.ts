import { z } from "zod";
import type { EnvoyProcess } from "./EnvoyProcess";

/** What a caller's proxy thinks of a callee's instances. */
export interface Breaker {
    readonly callee: string;
    readonly instances: number;
    /** Taken out after failures. */
    readonly ejected: number;
    /** Failing their health check. */
    readonly unhealthy: number;
}

const flag = z.boolean().default(false);
const clustersSchema = z.looseObject({
    cluster_statuses: z.array(
        z.looseObject({
            name: z.string(),
            host_statuses: z
                .array(
                    z.looseObject({
                        health_status: z
                            .looseObject({ failed_outlier_check: flag, failed_active_health_check: flag })
                            .prefault({}),
                    }),
                )
                .default([]),
        }),
    ),
});

/** The breakers of one proxy, by its administration interface. Source: Envoy, "Administration interface", /clusters. */
export async function breakersOf(envoy: EnvoyProcess): Promise<readonly Breaker[]> {
    const { body } = await envoy.admin("GET", "/clusters?format=json");
    return clustersSchema.parse(JSON.parse(body)).cluster_statuses.map(({ name, host_statuses: hosts }) => ({
        callee: name,
        instances: hosts.length,
        ejected: hosts.filter(({ health_status: health }) => health.failed_outlier_check).length,
        unhealthy: hosts.filter(({ health_status: health }) => health.failed_active_health_check).length,
    }));
}

/** A breaker in a word or two. */
export function describeBreaker({ instances, ejected, unhealthy }: Breaker): string {
    if (instances === 0) {
        return "no instance known";
    }
    if (ejected === instances) {
        return "OPEN";
    }
    if (unhealthy === instances) {
        return "unhealthy";
    }
    return ejected === 0 ? "closed" : `${ejected} of ${instances} out`;
}
