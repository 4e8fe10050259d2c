import { validate } from "@readme/openapi-parser";
import Ajv from "ajv";
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { methods } from "../../components/gateway/openapi/contract";
import {
    arrayAt,
    isObject,
    objectAt,
    textAt,
    type Json,
    type JsonObject,
} from "../../components/gateway/openapi/json";
import { readContract } from "../../components/gateway/openapi/readContract";

const apis = ["orders", "payments", "products", "search", "users"];
const versions = ["v1", "v2"];
/** Operations that do without a customer's token, as the contracts are meant to be. */
const withoutToken: Readonly<Record<string, readonly string[]>> = {
    orders: [],
    payments: ["receiveProviderEvent"],
    products: ["listProducts", "listCategories", "getProduct", "listReviews"],
    search: ["searchProducts", "suggest"],
    users: ["registerUser"],
};

interface Example {
    readonly at: string;
    readonly schema: Json;
    readonly value: Json;
}

const titles: Readonly<Record<string, string>> = {
    orders: "Order Management API",
    payments: "Payment API",
    products: "Product Catalog API",
    search: "Search API",
    users: "User Management API",
};

it('has a contract for each of ADR-003\'s five: "User Management API", "Product Catalog API", "Order Management API", "Payment API", "Search API"', () => {
    expect(readdirSync("apis").sort()).to.deep.equal(Object.keys(titles));
    for (const [api, title] of Object.entries(titles)) {
        for (const version of versions) {
            const { info } = parse(readFileSync(`apis/${api}/${version}.yaml`, "utf8")) as JsonObject;
            expect(textAt(info, "title"), `${api} ${version}`).to.equal(title);
        }
    }
});

for (const [api, version] of apis.flatMap((each) => versions.map((version) => [each, version] as const))) {
    const file = `apis/${api}/${version}.yaml`;
    const text = readFileSync(file, "utf8");
    const document = parse(text) as JsonObject;
    const operations = operationsOf(document);

    describe(file, () => {
        it("is a valid OpenAPI document", async () => {
            expect(await validate(file)).to.deep.equal({
                valid: true,
                warnings: [],
                specification: "OpenAPI",
            });
        });

        it("can be carried out by API Gateway as written", () => {
            expect(readContract({ file, text }).issues).to.deep.equal([]);
        });

        it("is served below the API's name and version", () => {
            expect(document.servers).to.deep.equal([{ url: `https://api.shop.example/${api}/${version}` }]);
        });

        it("has four to seven operations", () => {
            expect(operations.length).to.be.within(4, 7);
        });

        it("asks for a token with a scope and an API key, but for the listed exceptions", () => {
            const { contract } = readContract({ file, text });
            const open = (contract?.operations ?? []).filter(({ access }) => access.scopes === undefined);
            expect(open.map(({ id }) => id)).to.deep.equal(withoutToken[api]);
            const keyless = (contract?.operations ?? []).filter(({ access }) => !access.apiKey);
            expect(keyless.map(({ id }) => id)).to.deep.equal(
                api === "payments" ? ["receiveProviderEvent"] : [],
            );
        });

        it("says in every operation how it refuses, as problem details", () => {
            for (const { at, operation } of operations) {
                const refusals = Object.entries(objectAt(operation, "responses")).filter(([status]) =>
                    status.startsWith("4"),
                );
                expect(
                    refusals.map(([status]) => status),
                    at,
                ).to.include("429");
                for (const [status, response] of refusals) {
                    const types = Object.keys(objectAt(resolve(document, response), "content"));
                    expect(types, `${at} ${status}`).to.deep.equal(["application/problem+json"]);
                }
            }
        });

        it("bounds what a body may hold: no unknown field, no endless text or list", () => {
            const { contract } = readContract({ file, text });
            for (const name of new Set(
                (contract?.operations ?? []).flatMap(({ bodySchema }) => bodySchema ?? []),
            )) {
                const schema = objectAt(contract?.schemas, name);
                const isProvidersOwn = name === "ProviderEvent";
                expect(schema.additionalProperties, name).to.equal(isProvidersOwn ? undefined : false);
                for (const [property, rules] of Object.entries(objectAt(schema, "properties"))) {
                    expect(isBounded(rules), `${name}.${property}`).to.equal(true);
                }
            }
        });

        const examples = examplesOf(document, operations);

        it("gives an example of every body, parameter and problem", () => {
            const bodies = operations.flatMap(({ operation }) => mediaTypes(document, operation));
            expect(
                bodies.filter(({ media }) => media.example === undefined).map(({ at }) => at),
            ).to.deep.equal([]);
            expect(examples.length).to.be.at.least(bodies.length);
        });

        it("has only examples that its schemas accept", () => {
            const ajv = new Ajv({
                strict: false,
                allErrors: true,
                formats: {
                    "date-time": isDateTime,
                    email: /^\S+@\S+$/,
                    uri: (text: string) => URL.canParse(text),
                },
            });
            ajv.addSchema({ $id: "contract", components: document.components });
            for (const { at, schema, value } of examples) {
                const accepts = ajv.compile(withAbsoluteReferences(schema) as object);
                expect(accepts(value), `${at}: ${ajv.errorsText(accepts.errors)}`).to.equal(true);
            }
        });
    });
}

interface WrittenOperation {
    readonly at: string;
    readonly item: JsonObject;
    readonly operation: JsonObject;
}

function operationsOf(document: JsonObject): readonly WrittenOperation[] {
    return Object.entries(objectAt(document, "paths")).flatMap(([path, item]) =>
        methods
            .filter((method) => isObject(item) && method in item)
            .map((method) => ({
                at: `${method} ${path}`,
                item: item as JsonObject,
                operation: objectAt(item, method),
            })),
    );
}

function mediaTypes(document: JsonObject, operation: JsonObject): { at: string; media: JsonObject }[] {
    const holders = [
        ["body", operation.requestBody ?? {}] as const,
        ...Object.entries(objectAt(operation, "responses")),
    ];
    return holders.flatMap(([at, holder]) =>
        Object.values(objectAt(resolve(document, holder), "content")).map((media) => ({
            at,
            media: media as JsonObject,
        })),
    );
}

function examplesOf(document: JsonObject, operations: readonly WrittenOperation[]): readonly Example[] {
    return operations.flatMap(({ at, item, operation }) => {
        const parameters = [...arrayAt(item, "parameters"), ...arrayAt(operation, "parameters")];
        return [
            ...mediaTypes(document, operation).map((each) => ({
                at: `${at} ${each.at}`,
                holder: each.media,
            })),
            ...parameters.map((each) => ({ at: `${at} parameter`, holder: resolve(document, each) })),
        ].map((each) => ({
            at: each.at,
            schema: each.holder.schema ?? {},
            value: each.holder.example ?? null,
        }));
    });
}

function resolve(document: JsonObject, value: Json): JsonObject {
    const reference = textAt(value, "$ref");
    const found = reference
        ?.slice(2)
        .split("/")
        .reduce<Json>((node, key) => (node as JsonObject)[key] ?? {}, document);
    return (found ?? value) as JsonObject;
}

function withAbsoluteReferences(schema: Json): unknown {
    return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"contract#/')) as unknown;
}

function isBounded(rules: Json): boolean {
    const has = (...keys: readonly string[]): boolean => isObject(rules) && keys.some((key) => key in rules);
    switch (textAt(rules, "type") ?? "reference") {
        case "string":
            return has("maxLength", "pattern", "enum", "format");
        case "integer":
        case "number":
            return has("minimum");
        case "array":
            return has("maxItems");
        default:
            return has("$ref", "type");
    }
}

function isDateTime(text: string): boolean {
    return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text));
}
