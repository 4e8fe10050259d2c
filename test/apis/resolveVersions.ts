import type { JsonObject } from "../../components/gateway/openapi/json";
import { resolveVersion } from "../../components/gateway/resolveVersion";
import { readVersions } from "../../components/gateway/readVersions";
import { Issues } from "../../components/model/issues";
import { apis, publicVersion, type ApiName, type PublicApi } from "../../stacks/catalogue";

const resolvedApis = new Map<string, Readonly<Record<"v1" | "v2", JsonObject>>>();

/** The bodies that the shop deploys for an API, with the placeholders still in them. */
export function resolveVersions(api: string): Readonly<Record<"v1" | "v2", JsonObject>> {
    const found = resolvedApis.get(api) ?? resolveAgain(api);
    resolvedApis.set(api, found);
    return found;
}

function resolveAgain(api: string): Readonly<Record<"v1" | "v2", JsonObject>> {
    const { contracts: written }: PublicApi = apis[api as ApiName];
    const contracts = Object.entries(written).map(([version, each]) => {
        const { contract, translation, deprecation } = publicVersion(each);
        return [
            version,
            {
                file: contract,
                ...(translation === undefined ? {} : { translation: { file: translation } }),
                ...(deprecation === undefined ? {} : { deprecation }),
            },
        ];
    });
    const issues = new Issues();
    const resolved = readVersions(
        Object.fromEntries(contracts) as Parameters<typeof readVersions>[0],
        issues,
    );
    if (issues.all.length > 0) {
        throw new Error(JSON.stringify(issues.all));
    }
    const backend = {
        serverName: "ingress.shop.internal",
        verifyServerCertificate: true,
        timeoutMilliseconds: 28_000,
    };
    const settings = {
        api,
        authorizer: { type: "userPool" } as const,
        backend,
        allowedOrigins: ["https://shop.example"],
    };
    const bodies = resolved.map((version) => [
        version.version,
        JSON.parse(resolveVersion(version, resolved, settings).template) as JsonObject,
    ]);
    return Object.fromEntries(bodies) as Readonly<Record<"v1" | "v2", JsonObject>>;
}
