import Ajv from "ajv";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import {
    isObject,
    objectAt,
    textAt,
    type Json,
    type JsonObject,
} from "../../components/gateway/openapi/json";
import { readTranslation } from "../../components/gateway/openapi/readTranslation";
import { resolveVersions } from "./resolveVersions";
import { renderJson, renderTemplate } from "../support/mappingTemplate";

const json = "application/json";

for (const api of ["orders", "payments", "products", "search", "users"]) {
    describe(`apis/${api}/v1-on-v2.yaml`, () => {
        const documents = { v1: documentOf(api, "v1"), v2: documentOf(api, "v2") };
        const file = `apis/${api}/v1-on-v2.yaml`;
        const { translation, issues } = readTranslation({ file, text: readFileSync(file, "utf8") });
        const body = resolveVersions(api).v1;
        const translated = [...(translation?.operations ?? [])].flatMap(([id, each]) =>
            "servedBy" in each ? [{ id, each }] : [],
        );

        it("says of every operation of version 1 who serves it", () => {
            expect(issues).to.deep.equal([]);
            expect([...(translation?.operations.keys() ?? [])].sort()).to.deep.equal(
                operationIds(documents.v1).sort(),
            );
        });

        for (const { id, each } of translated) {
            const integration = objectAt(methodOf(body, id), "x-amazon-apigateway-integration");

            it(`${id}: version 1's example request becomes one that version 2 accepts`, () => {
                const request = exampleRequest(documents.v1, id);
                if (request === undefined) {
                    expect(exampleRequest(documents.v2, each.servedBy)).to.equal(undefined);
                    return;
                }
                const sent = transformed(integration, "requestTemplates", request);
                expectValid(documents.v2, requestSchema(documents.v2, each.servedBy), sent);
            });

            it(`${id}: version 2's example response becomes one that version 1 promises`, () => {
                const [status, response] = exampleSuccess(documents.v2, each.servedBy);
                const [promised, expected] = exampleSuccess(documents.v1, id);
                const answer = objectAt(objectAt(integration, "responses"), status);
                expect(answer.statusCode).to.equal(promised);
                if (response === undefined) {
                    expect(expected).to.equal(undefined);
                    return;
                }
                const received = transformed(answer, "responseTemplates", response);
                expectValid(documents.v1, responseSchema(documents.v1, id, promised), received);
            });

            it(`${id}: an empty list stays a list`, () => {
                const [status, response] = exampleSuccess(documents.v2, each.servedBy);
                if (!isObject(response) || !Array.isArray(response.data)) {
                    return;
                }
                const answer = objectAt(objectAt(integration, "responses"), status);
                const received = transformed(answer, "responseTemplates", { ...response, data: [] });
                expect((received as JsonObject).items).to.deep.equal([]);
            });

            it(`${id}: version 2's errors become problem details of version 1`, () => {
                for (const [status, problem] of exampleProblems(documents.v2, each.servedBy)) {
                    const answer = objectAt(objectAt(integration, "responses"), status);
                    const received = transformed(answer, "responseTemplates", problem) as JsonObject;
                    expectValid(documents.v1, "#/components/schemas/Problem", received);
                    expect(received.status, status).to.equal(Number(answer.statusCode));
                    expect(received, status).not.to.have.property("errors");
                }
            });
        }
    });
}

describe("Versions of the shop's APIs", () => {
    const example = (api: string, id: string, status: string, response: Json): unknown => {
        const integration = objectAt(
            methodOf(resolveVersions(api).v1, id),
            "x-amazon-apigateway-integration",
        );
        return transformed(
            objectAt(objectAt(integration, "responses"), status),
            "responseTemplates",
            response,
        );
    };

    it("tell clients of version 1 nothing that they cannot know", () => {
        const shipped = { ...money, status: "PARTIALLY_SENT", orderId: "o", lines: [], placedAt: "p" };
        expect(example("orders", "getOrder", "200", shipped)).to.deep.include({
            status: "SENT",
            total: grand,
        });
        const payment = { paymentId: "p", orderId: "o", status: "PARTIALLY_REFUNDED", createdAt: "c" };
        const amounts = { authorized: grand, captured: part, refunded: part };
        expect(example("payments", "getPayment", "200", { ...payment, amounts })).to.deep.include({
            status: "CAPTURED",
            amount: grand,
        });
    });

    it("give a list its items, in order, and the next page", () => {
        const of = (orderId: string, status: string): JsonObject => ({
            ...money,
            orderId,
            status,
            placedAt: "p",
        });
        const data = [of("a", "PLACED"), of("b", "PARTIALLY_SENT")];
        expect(example("orders", "listOrders", "200", { data, page: { nextCursor: "n" } })).to.deep.equal({
            items: [
                { orderId: "a", status: "PLACED", total: grand, placedAt: "p" },
                { orderId: "b", status: "SENT", total: grand, placedAt: "p" },
            ],
            nextCursor: "n",
        });
    });

    it("hand on what a request may leave out, and only if it is there", () => {
        const integration = objectAt(
            methodOf(resolveVersions("orders").v1, "placeOrder"),
            "x-amazon-apigateway-integration",
        );
        const order = {
            lines: [{ productId: "p", quantity: 2 }],
            shippingAddressId: "a",
            paymentMethodId: "m",
        };
        const sent = { lines: order.lines, delivery: { addressId: "a" }, payment: { methodId: "m" } };
        expect(transformed(integration, "requestTemplates", order)).to.deep.equal(sent);
        expect(
            transformed(integration, "requestTemplates", { ...order, note: 'Ring "twice"' }),
        ).to.deep.equal({
            ...sent,
            delivery: { addressId: "a", note: 'Ring "twice"' },
        });
    });

    it("keep what is absent absent, and quotes in a text", () => {
        const brand = `O'Neil "Gold" \\ /`;
        const method = { paymentMethodId: "m", kind: "WALLET", display: { brand } };
        expect(example("payments", "addPaymentMethod", "201", method)).to.deep.equal({
            paymentMethodId: "m",
            kind: "WALLET",
            label: brand,
        });
        const review = { reviewId: "r", rating: 5, verifiedPurchase: false, writtenAt: "w" };
        expect(example("products", "addReview", "201", review)).to.deep.equal({
            reviewId: "r",
            stars: 5,
            writtenAt: "w",
        });
    });

    it("tell a declined payment as version 1 did: with the status of missing stock", () => {
        const declined = {
            type: "https://api.shop.example/problems/payment-declined",
            title: "No",
            status: 422,
        };
        expect(example("orders", "placeOrder", "422", declined)).to.deep.equal({ ...declined, status: 409 });
    });

    it("tell the first of several errors as the detail", () => {
        const errors = [
            { pointer: "/lines/0", detail: 'Only 1 is left of "Desk lamp".' },
            { pointer: "/lines/1", detail: "Gone." },
        ];
        const problem = {
            type: "t",
            title: "Out of stock",
            status: 409,
            detail: "Two lines.",
            errors,
            instance: "i",
        };
        expect(example("orders", "placeOrder", "409", problem)).to.deep.equal({
            type: "t",
            title: "Out of stock",
            status: 409,
            detail: 'Only 1 is left of "Desk lamp".',
            instance: "i",
        });
    });

    it("do not read what is no JSON: the body of a failing backend", () => {
        const text = objectAt(
            objectAt(
                objectAt(
                    methodOf(resolveVersions("orders").v1, "getOrder"),
                    "x-amazon-apigateway-integration",
                ),
                "responses",
            ),
            "default",
        );
        const template = textAt(objectAt(text, "responseTemplates"), json) ?? "";
        expect(JSON.parse(renderTemplate(template, { body: "upstream connect error" }))).to.deep.equal({
            type: "about:blank",
            title: "Bad Gateway",
            status: 502,
        });
    });

    it("announce the end of version 1, in every answer and in the gateway's own", () => {
        const body = resolveVersions("orders").v1;
        const integration = objectAt(methodOf(body, "getOrder"), "x-amazon-apigateway-integration");
        for (const [status, answer] of Object.entries(objectAt(integration, "responses"))) {
            expect(objectAt(answer, "responseParameters"), status).to.include({
                "method.response.header.Deprecation": "'@1796083200'",
                "method.response.header.Sunset": "'Wed, 01 Dec 2027 00:00:00 GMT'",
                "method.response.header.Link": `'</orders/v2>; rel="successor-version"'`,
            });
        }
        const refused = objectAt(objectAt(body, "x-amazon-apigateway-gateway-responses"), "THROTTLED");
        expect(objectAt(refused, "responseParameters")["gatewayresponse.header.Sunset"]).to.equal(
            "'Wed, 01 Dec 2027 00:00:00 GMT'",
        );
        expect(JSON.stringify(resolveVersions("orders").v2)).not.to.contain("Sunset");
    });
});

const grand: JsonObject = { amount: 10290, currency: "EUR" };
const part: JsonObject = { amount: 1, currency: "EUR" };
const money: JsonObject = { totals: { goods: part, shipping: part, grand } };

function documentOf(api: string, version: string): JsonObject {
    return parse(readFileSync(`apis/${api}/${version}.yaml`, "utf8")) as JsonObject;
}

function operationsOf(document: JsonObject): readonly JsonObject[] {
    return Object.values(objectAt(document, "paths")).flatMap((item) =>
        Object.values(item as JsonObject).flatMap((each) =>
            isObject(each) && "operationId" in each ? [each] : [],
        ),
    );
}

function operationIds(document: JsonObject): string[] {
    return operationsOf(document).map((each) => textAt(each, "operationId") ?? "");
}

function methodOf(document: JsonObject, id: string): JsonObject {
    return operationsOf(document).find(({ operationId }) => operationId === id) ?? {};
}

function resolved(document: JsonObject, value: Json | undefined): JsonObject {
    const path = textAt(value, "$ref")?.slice(2).split("/");
    return (path?.reduce<Json | undefined>(
        (node, key) => (isObject(node) ? node[key] : undefined),
        document,
    ) ??
        value ??
        {}) as JsonObject;
}

function media(document: JsonObject, holder: Json | undefined, type = json): JsonObject {
    return objectAt(objectAt(resolved(document, holder), "content"), type);
}

function exampleRequest(document: JsonObject, id: string): Json | undefined {
    return media(document, methodOf(document, id).requestBody).example;
}

function requestSchema(document: JsonObject, id: string): string {
    return textAt(media(document, methodOf(document, id).requestBody).schema, "$ref") ?? "";
}

function exampleSuccess(document: JsonObject, id: string): readonly [string, Json | undefined] {
    const [status, response] =
        Object.entries(objectAt(methodOf(document, id), "responses")).find(([each]) =>
            each.startsWith("2"),
        ) ?? [];
    return [status ?? "", media(document, response).example];
}

function responseSchema(document: JsonObject, id: string, status: string): string {
    const response = objectAt(methodOf(document, id), "responses")[status];
    return textAt(media(document, response).schema, "$ref") ?? "";
}

function exampleProblems(document: JsonObject, id: string): readonly (readonly [string, Json])[] {
    return Object.entries(objectAt(methodOf(document, id), "responses"))
        .filter(([status]) => status.startsWith("4"))
        .map(([status, response]) => [
            status,
            media(document, response, "application/problem+json").example ?? null,
        ]);
}

/** The example through the template; as it is where there is none, as API Gateway does. */
function transformed(holder: JsonObject, key: string, example: Json): unknown {
    const template = textAt(objectAt(holder, key), json);
    return template === undefined ? example : renderJson(template, { body: JSON.stringify(example) });
}

function expectValid(document: JsonObject, schema: string, value: unknown): void {
    const formats = { "date-time": true, email: true, uri: true } as const;
    const ajv = new Ajv({ strict: false, allErrors: true, formats });
    ajv.addSchema({ $id: "contract", components: document.components });
    const accepts = ajv.compile({ $ref: `contract${schema}` });
    expect(accepts(value), `${JSON.stringify(value)}: ${ajv.errorsText(accepts.errors)}`).to.equal(true);
}
