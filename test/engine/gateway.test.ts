import { validate } from "@readme/openapi-parser";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { arrayAt, objectAt, textAt, type JsonObject } from "../../components/gateway/openapi/json";
import { readContract } from "../../components/gateway/openapi/readContract";
import { operationsOf } from "../../policies/facts/gateway/operations";
import { accessOf } from "../../policies/facts/gateway/security";
import { Value } from "../../policies/facts/value";
import { deployedStack, firstDeploy } from "../support/engine/deployedShop";
import { editedShop } from "../support/engine/editedShop";
import { LocalEngine } from "../support/engine/LocalEngine";

interface Deployed {
    readonly type: string;
    readonly inputs?: { readonly name?: string; readonly body?: string };
}

/** API with version, such as `orders-v1`, to the body that the engine deployed. */
async function deployedBodies(): Promise<ReadonlyMap<string, JsonObject>> {
    const { deployment } = await deployedStack();
    const bodies = (deployment.resources as readonly Deployed[])
        .filter(({ type }) => type === "aws:apigateway/restApi:RestApi")
        .map(({ inputs }) => {
            const name = (inputs?.name ?? "").replace("traffic-dev-", "");
            return [name, JSON.parse(inputs?.body ?? "") as JsonObject] as const;
        });
    return new Map(bodies);
}

describe("The APIs that the engine deployed", () => {
    let bodies: ReadonlyMap<string, JsonObject>;
    before(async () => {
        bodies = await deployedBodies();
    });

    it('are two versions of each of ADR-003\'s five: "User Management API", "Product Catalog API", "Order Management API", "Payment API", "Search API"', () => {
        const titles = {
            orders: "Order Management API",
            payments: "Payment API",
            products: "Product Catalog API",
            search: "Search API",
            users: "User Management API",
        };
        const expected = Object.entries(titles).flatMap(([api, title]) =>
            ["v1", "v2"].map((version) => [`${api}-${version}`, title]),
        );
        const deployed = [...bodies].map(([name, body]) => [name, textAt(objectAt(body, "info"), "title")]);
        expect(deployed.sort()).to.deep.equal(expected);
    });

    it("are valid OpenAPI to a public validator, with nothing left open", async () => {
        for (const [name, body] of bodies) {
            expect(JSON.stringify(body), name).not.to.match(/\{\{\w+\}\}/);
            const result = await validate(structuredClone(body) as never);
            expect(result, name).to.deep.equal({ valid: true, warnings: [], specification: "OpenAPI" });
        }
    });

    it("say to the policies' facts what the contracts say: each operation with its token, scopes and key", () => {
        for (const [name, body] of bodies) {
            const [api = "", version = ""] = name.split("-");
            const file = `apis/${api}/${version}.yaml`;
            const { contract } = readContract({ file, text: readFileSync(file, "utf8") });
            const document = new Value("body", body);
            const read = operationsOf(document).filter(({ isPreflight }) => !isPreflight);
            const said = read.map((operation) => {
                const { apiKey, others, token } = accessOf(document, operation);
                return { id: operation.id, apiKey, others, token };
            });
            const promised = (contract?.operations ?? []).map(({ access, id }) => ({
                id,
                apiKey: access.apiKey,
                others: [],
                token: access.scopes === undefined ? "none" : "scoped",
            }));
            expect(said, name).to.have.deep.members(promised);
            expect(said.length, name).to.be.above(3);
        }
    });

    it("are deployed again when their contract changes, and only then; the stage moves before the old deployment goes", async () => {
        const { stateFolder } = await firstDeploy();
        const shop = editedShop({
            file: "apis/orders/v2.yaml",
            from: "summary: Place an order",
            to: "summary: Place one order",
        });
        const engine = LocalEngine.copyOf(stateFolder, shop.folder, "dev");
        try {
            const preview = await engine.preview();
            expect(preview.code, preview.output).to.equal(0);
            expect(preview.resources.slice(0, 2)).to.deep.equal(["~ 2 to update", "+-1 to replace"]);
            const steps = preview.output
                .split("\n")
                .filter((line) => /orders-v2-(deployment|stage) /.test(line))
                .map((line) => /orders-v2-(deployment|stage) (.*?) \[/.exec(line)?.slice(1).join(" "));
            expect(steps).to.deep.equal([
                "deployment create replacement",
                "deployment replace",
                "stage update",
                "deployment delete original",
            ]);
        } finally {
            engine.remove();
            shop.remove();
        }
    });

    it('ask for token and key on every operation that is no exception: ADR-003, "JWT Authentication", "API Key Authentication"', () => {
        const open = new Set<string>();
        for (const [name, body] of bodies) {
            for (const item of Object.values(objectAt(body, "paths"))) {
                for (const [method, operation] of Object.entries(item as JsonObject)) {
                    const id = textAt(operation, "operationId") ?? "no name";
                    if (method !== "options" && arrayAt(operation, "security").length < 2) {
                        open.add(`${name.replace(/-v\d$/, "")} ${id}`);
                    }
                }
            }
        }
        expect([...open].sort()).to.deep.equal([
            "payments receiveProviderEvent",
            "products getProduct",
            "products listCategories",
            "products listProducts",
            "products listReviews",
            "search searchProducts",
            "search suggest",
            "users registerUser",
        ]);
    });
});
