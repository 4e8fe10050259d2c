import type { Operation } from "./contract";
import { deprecationHeaders } from "./deprecation";
import { integration } from "./integration";
import type { JsonObject } from "./json";
import { mappedHeaders, mappedIntegration } from "./mappedIntegration";
import type { GatewaySettings } from "./settings";

export interface Delivery {
    readonly integration: JsonObject;
    readonly responses: JsonObject;
    /** Headers that the method must declare beside its own. */
    readonly headers: readonly JsonObject[];
}

/** A proxy, or a mapped integration where the answer must be changed: by templates, or by the headers of a deprecated version. */
export function delivery(operation: Operation, settings: GatewaySettings): Delivery {
    const { allowedOrigins, backend, basePath, deprecation, servedBy } = settings;
    const entry = servedBy?.translation.operations.get(operation.id);
    const translated = entry !== undefined && "servedBy" in entry ? entry : undefined;
    if (translated === undefined && deprecation === undefined) {
        const described = [...operation.responses].map(([status, description]) => [status, { description }]);
        return {
            integration: integration(operation, basePath, backend),
            responses: Object.fromEntries(described) as JsonObject,
            headers: [],
        };
    }
    const hasOrigins = allowedOrigins.length > 0;
    const target = servedBy?.contract.operations.find(({ id }) => id === translated?.servedBy);
    const own = { operation, backend, headers: headersOf(settings), hasOrigins };
    const mapped =
        servedBy === undefined || translated === undefined || target === undefined
            ? mappedIntegration({ ...own, target: operation, basePath })
            : mappedIntegration({
                  ...own,
                  target,
                  basePath: servedBy.basePath,
                  translated,
                  problem: servedBy.translation.problem,
              });
    return { ...mapped, headers: mappedHeaders(hasOrigins) };
}

/** Headers of every answer of a version, also of the gateway's own. */
export function headersOf({ deprecation, servedBy }: GatewaySettings): Readonly<Record<string, string>> {
    return deprecationHeaders(deprecation, servedBy?.basePath);
}
