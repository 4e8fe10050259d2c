import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { SHOP } from "./LocalEngine";
import { editedShop, type Edit, type EditedShop } from "./editedShop";

const names = ["user-service", "notification-service", "order-service"];

/** Three services that call each other in a circle and across, two of them behind an API: what the shop's own code makes of less. */
const catalogue = `
import { resolveVersions } from "../components/model/traffic";

export const services = {
    "user-service": { localPort: 9101, calls: ["notification-service"] },
    "order-service": { localPort: 9103, propagatesIdentity: true, calls: ["user-service", "notification-service"] },
    "notification-service": { localPort: 9106, calls: ["user-service"] },
};
export const serviceNames = Object.keys(services);
export const deploymentNames = serviceNames.flatMap((name) =>
    resolveVersions(name, services[name]).map(({ deployment }) => deployment),
);
export const applicationPort = 8080;
export const publicVersion = (contract) => (typeof contract === "string" ? { contract } : contract);
export const apis = {
    users: {
        service: "user-service",
        contracts: { v2: "apis/users/v2.yaml" },
        publicOperations: { registerUser: "Whoever registers has no token yet" },
    },
    orders: { service: "order-service", contracts: { v2: "apis/orders/v2.yaml" }, publicOperations: {} },
};
export const shopperScopes = ["users/read", "users/write", "orders/read", "orders/write"];
`;

const missing = [
    "users/v1",
    "orders/v1",
    ...["products", "payments", "search"].flatMap((api) => [`${api}/v1`, `${api}/v2`]),
];

type Entry = Readonly<Record<string, unknown>>;

/** A copy of the shop with a catalogue that deploys in a few seconds, and with edits. */
export function smallShop(...edits: readonly Edit[]): EditedShop {
    const shop = editedShop(...edits);
    shop.add("stacks/catalogue.ts", catalogue);
    shop.add("Pulumi.dev.yaml", settings());
    return shop;
}

function settings(): string {
    const file = parse(readFileSync(join(SHOP, "Pulumi.dev.yaml"), "utf8")) as {
        config: Record<string, Entry>;
    };
    const { config } = file;
    const images = Object.entries(config["traffic:images"]!).filter(
        ([name]) => !name.endsWith("-service") || names.includes(name),
    );
    config["traffic:images"] = Object.fromEntries(images);
    const consumers = { warehouse: { scopes: ["orders/read"] } };
    config["traffic:clients"] = { ...config["traffic:clients"], consumers };
    return stringify(file);
}

/** The shop's configuration of the policy pack for the small one, with the phase that it is allowed to be in. */
export function smallShopPolicies(allowed?: 1 | 2): string {
    const configuration = JSON.parse(readFileSync(join(SHOP, "stacks/policy-config.json"), "utf8")) as Record<
        string,
        unknown
    >;
    const authentication = configuration["gateway-authentication"] as { publicOperations: { api: string }[] };
    const publicOperations = authentication.publicOperations.filter(({ api }) => api === "users-v2");
    const review = {
        reason: "The services were there before the mesh.",
        owner: "platform team",
        reviewBy: "2099-12-31",
    };
    const entries = allowed === undefined ? [] : [{ stack: "dev", phase: allowed, ...review }];
    const withoutVersion = missing.map((mapping) => ({ mapping, ...review }));
    return JSON.stringify({
        ...configuration,
        "gateway-authentication": { ...authentication, publicOperations },
        "gateway-versions": { enforcementLevel: "mandatory", withoutVersion },
        "migration-phase": { enforcementLevel: "mandatory", allowed: entries },
    });
}
