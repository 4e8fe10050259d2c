import { expect } from "chai";
import { objectAt, textAt, type Json, type JsonObject } from "../../components/gateway/openapi/json";
import { renderTemplate } from "../support/mappingTemplate";
import { methodOf, transformed } from "./documents";
import { resolveVersions } from "./resolveVersions";

const json = "application/json";
const grand: JsonObject = { amount: 10290, currency: "EUR" };
const part: JsonObject = { amount: 1, currency: "EUR" };
const money: JsonObject = { totals: { goods: part, shipping: part, grand } };

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
