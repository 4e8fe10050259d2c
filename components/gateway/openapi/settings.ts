import type { Authorizer } from "./authorizer";
import type { Contract } from "./contract";
import type { Origins } from "./cors";
import type { Deprecation } from "./deprecation";
import type { BackendTarget } from "./integration";
import type { Translation } from "./translation";

/** What a contract does not say and its body needs. */
export interface GatewaySettings {
    /** First segments of the backend's paths, for example `orders/v1`. */
    readonly basePath: string;
    readonly backend: BackendTarget;
    readonly authorizer: Authorizer;
    /** @default none: no browser may call the API */
    readonly allowedOrigins: Origins;
    /** @default none: every operation has the version's own backend */
    readonly servedBy?: ServingVersion;
    /** @default none: the version is here to stay */
    readonly deprecation?: Deprecation;
}

/** The newer version that serves this one. */
export interface ServingVersion {
    readonly translation: Translation;
    readonly contract: Contract;
    /** First segments of its paths, for example `orders/v2`. */
    readonly basePath: string;
}
