import { settled } from "../configuration";
import type { Finding } from "../finding";
import { restApis } from "../facts/gateway/apis";
import { mappingsOf } from "../facts/gateway/mappings";
import { joinsEdge } from "../facts/handOver";
import { reviewedList, isOverdue, staleEntries, type Review } from "../review";
import type { Check, Rule } from "../rule";

interface WithoutVersion extends Review {
    readonly mapping: string;
}

const settings = {
    apis: {
        type: "array" as const,
        minItems: 5,
        items: { type: "string" as const, pattern: "^[a-z][a-z0-9-]*$" },
        default: ["users", "products", "orders", "payments", "search"] as readonly string[],
    },
    withoutVersion: reviewedList<WithoutVersion>({
        mapping: {
            type: "string",
            pattern: "^[a-z][a-z0-9-]*/v\\d+$",
            description: "API and version, as in orders/v1.",
        },
    }),
};
const versions = ["v1", "v2"];

/** ADR-003: five public APIs, each in two versions. */
export function gatewayVersions(): Rule {
    return {
        id: "gateway-versions",
        title: "Every public API in v1 and v2",
        description:
            "A program with public APIs behind an edge of its own serves each of the decision's five in both versions, under its own path.",
        clause: "External APIs; API Versioning (v1, v2)",
        severity: "medium",
        controls: [],
        remediation:
            "publish the version with ExternalApi, or list it under withoutVersion with reason, owner and review date.",
        settings,
        checks: (stack, configured) => {
            const { apis, withoutVersion } = settled(settings, configured);
            const served = new Set(mappingsOf(stack).flatMap(({ key }) => key ?? []));
            const wanted = apis.flatMap((api) => versions.map((version) => `${api}/${version}`));
            const waived = withoutVersion.filter((entry) => !isOverdue(entry)).map(({ mapping }) => mapping);
            const isMissing = (key: string): boolean => !served.has(key);
            const missing: Check = {
                judge: () =>
                    wanted.filter((key) => isMissing(key) && !waived.includes(key)).map(lacksVersion),
            };
            const stale: Check = {
                judge: () =>
                    staleEntries(
                        "withoutVersion",
                        withoutVersion,
                        ({ mapping }) => wanted.includes(mapping) && isMissing(mapping),
                        ({ mapping }) => mapping,
                    ),
            };
            return restApis(stack).length === 0 || joinsEdge(stack) ? [stale] : [missing, stale];
        },
    };
}

function lacksVersion(key: string): Finding {
    return { at: `path /${key}`, found: "no API", required: "a version of the API, mapped under this path" };
}
