import type { Deprecation } from "../components/gateway/openapi/deprecation";
import type { MeshServiceDefinition } from "../components/model/mesh";
import { resolveVersions } from "../components/model/traffic";
import type { ServiceLevelObjectives } from "../components/observability/objectives";

/**
 * The shop's services (ADR-003, "Virtual Services") and who calls whom. `localPort` is a contract with callers: it never changes.
 * Whatever is not a call here is refused by the callee's sidecar.
 */
export const services = {
    "user-service": {
        localPort: 9101,
        calls: ["notification-service"],
    },
    "product-service": {
        localPort: 9102,
        loadBalancing: "LEAST_REQUEST",
        calls: ["inventory-service", "analytics-service"],
    },
    "order-service": {
        localPort: 9103,
        requestTimeoutSeconds: 20,
        propagatesIdentity: true,
        calls: [
            "user-service",
            "product-service",
            "payment-service",
            "inventory-service",
            "notification-service",
            "analytics-service",
        ],
    },
    "payment-service": {
        localPort: 9104,
        requestTimeoutSeconds: 10,
        calls: ["notification-service", "analytics-service"],
    },
    "inventory-service": {
        localPort: 9105,
        calls: ["notification-service", "analytics-service"],
    },
    "notification-service": {
        localPort: 9106,
        calls: ["user-service"],
    },
    "analytics-service": {
        localPort: 9107,
    },
    "search-service": {
        localPort: 9108,
        loadBalancing: "LEAST_REQUEST",
        calls: ["product-service", "analytics-service"],
    },
} as const satisfies Record<string, MeshServiceDefinition>;

export type ServiceName = keyof typeof services;
export const serviceNames = Object.keys(services) as readonly ServiceName[];

/** What is deployed: each service, and the versions beside it, with an image of its own. */
export const deploymentNames = Object.entries<MeshServiceDefinition>(services).flatMap(([name, service]) =>
    resolveVersions(name, service).map(({ deployment }) => deployment),
);

/** Port on which each of the shop's applications listens. */
export const applicationPort = 8080;

/** One version of a public API; files are given from the project's root. */
export interface PublicVersion {
    readonly contract: string;
    /** How a newer version serves this one. */
    readonly translation?: string;
    readonly deprecation?: Deprecation;
}

/** The first version of every API: served by the second, and to be left by the day on which it stops answering. */
function retiring(api: string): PublicVersion {
    return {
        contract: `apis/${api}/v1.yaml`,
        translation: `apis/${api}/v1-on-v2.yaml`,
        deprecation: { since: "2026-12-01", sunset: "2027-12-01" },
    };
}

export function publicVersion(contract: string | PublicVersion): PublicVersion {
    return typeof contract === "string" ? { contract } : contract;
}

/** A public API (ADR-003, "External APIs"): the service behind it, and its contracts. */
export interface PublicApi {
    readonly service: ServiceName;
    /** API version to its contract, or to the contract and how it is served. */
    readonly contracts: Readonly<Record<string, string | PublicVersion>>;
    /** Operations that do without a token or a key, each with the reason; the policy configuration lists them too. */
    readonly publicOperations: Readonly<Record<string, string>>;
    /** What it promises; alarms ring when it will not be held. @default 99.9 % available, 99 % answered within 1000 ms */
    readonly objectives?: ServiceLevelObjectives;
}

const browsing = "Shoppers browse before they sign in";

/** Keyed by the first segment of the public path. */
export const apis = {
    users: {
        service: "user-service",
        contracts: { v1: retiring("users"), v2: "apis/users/v2.yaml" },
        objectives: { availability: 0.999, latency: { share: 0.99, withinMilliseconds: 800 } },
        publicOperations: { registerUser: "Whoever registers has no token yet" },
    },
    products: {
        service: "product-service",
        contracts: { v1: retiring("products"), v2: "apis/products/v2.yaml" },
        objectives: { availability: 0.999, latency: { share: 0.99, withinMilliseconds: 500 } },
        publicOperations: {
            listProducts: browsing,
            listCategories: browsing,
            getProduct: browsing,
            listReviews: browsing,
        },
    },
    orders: {
        service: "order-service",
        contracts: { v1: retiring("orders"), v2: "apis/orders/v2.yaml" },
        objectives: { availability: 0.999, latency: { share: 0.99, withinMilliseconds: 1500 } },
        publicOperations: {},
    },
    payments: {
        service: "payment-service",
        contracts: { v1: retiring("payments"), v2: "apis/payments/v2.yaml" },
        objectives: { availability: 0.9995, latency: { share: 0.99, withinMilliseconds: 2000 } },
        publicOperations: {
            receiveProviderEvent:
                "The payment provider signs its events, and payment-service checks the signature",
        },
    },
    search: {
        service: "search-service",
        contracts: { v1: retiring("search"), v2: "apis/search/v2.yaml" },
        objectives: { availability: 0.995, latency: { share: 0.99, withinMilliseconds: 500 } },
        publicOperations: { searchProducts: browsing, suggest: browsing },
    },
} as const satisfies Record<string, PublicApi>;

export type ApiName = keyof typeof apis;

/** What people who sign in to the web shop or the mobile app may do; changing the catalogue is for API consumers. */
export const shopperScopes = [
    "users/read",
    "users/write",
    "products/review",
    "orders/read",
    "orders/write",
    "payments/read",
    "payments/write",
    "search/read",
    "search/write",
] as const;
