import type { Authorizer } from "./openapi/authorizer";
import type { Contract } from "./openapi/contract";
import { generateBody } from "./openapi/generate";
import type { BackendTarget } from "./openapi/integration";
import type { ServingVersion } from "./openapi/settings";
import type { WrittenVersion } from "./readVersions";

/** One version of an API, ready to be created. */
export interface ResolvedVersion {
    readonly version: string;
    readonly contract: Contract;
    readonly isDeprecated: boolean;
    /** The body with placeholders for what AWS will name. */
    readonly template: string;
    /** Path below the domain, for example `orders/v1`. */
    readonly mappingKey: string;
}

interface ApiSettings {
    readonly api: string;
    readonly backend: BackendTarget;
    readonly authorizer: Authorizer;
    readonly allowedOrigins: readonly string[];
}

export function resolveVersion(
    { contract, deprecation, translation, version }: WrittenVersion,
    all: readonly WrittenVersion[],
    { allowedOrigins, api, authorizer, backend }: ApiSettings,
): ResolvedVersion {
    const basePath = `${api}/${version}`;
    const current = all.find((each) => each.version === translation?.servedBy);
    const servedBy: ServingVersion | undefined =
        translation === undefined || current === undefined
            ? undefined
            : { translation, contract: current.contract, basePath: `${api}/${current.version}` };
    const template = generateBody(contract, {
        basePath,
        backend,
        authorizer,
        allowedOrigins,
        ...(servedBy === undefined ? {} : { servedBy }),
        ...(deprecation === undefined ? {} : { deprecation }),
    });
    return { version, contract, isDeprecated: deprecation !== undefined, template, mappingKey: basePath };
}
