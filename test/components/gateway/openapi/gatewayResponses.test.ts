import { expect } from "chai";
import { gatewayResponses } from "../../../../components/gateway/openapi/gatewayResponses";
import { objectAt, textAt, type JsonObject } from "../../../../components/gateway/openapi/json";

const responses = gatewayResponses(["https://shop.example"]);

function template(type: string): JsonObject {
    const text = textAt(objectAt(objectAt(responses, type), "responseTemplates"), "application/json");
    // API Gateway's text comes with quotes of its own.
    return JSON.parse(
        (text ?? "{}").replace(":$context.error.messageString", `:"A \\"rule\\""`),
    ) as JsonObject;
}

describe("gatewayResponses", () => {
    it("answers every refusal with problem details", () => {
        for (const type of Object.keys(responses)) {
            const parameters = objectAt(objectAt(responses, type), "responseParameters");
            expect(parameters["gatewayresponse.header.Content-Type"], type).to.equal(
                "'application/problem+json'",
            );
            expect(template(type), type).to.include.keys("type", "title", "instance");
        }
    });

    it("says when to come back after too many requests", () => {
        const throttled = objectAt(responses, "THROTTLED");
        expect(throttled.statusCode).to.equal(429);
        expect(objectAt(throttled, "responseParameters")["gatewayresponse.header.Retry-After"]).to.equal(
            "'1'",
        );
        expect(template("THROTTLED")).to.deep.equal({
            type: "about:blank",
            title: "Too Many Requests",
            status: 429,
            detail: "Wait as long as Retry-After says, then try again.",
            instance: "urn:request:$context.requestId",
        });
    });

    it("gives body and status the same number", () => {
        for (const type of Object.keys(responses).filter((each) => !each.startsWith("DEFAULT"))) {
            expect(template(type).status, type).to.equal(objectAt(responses, type).statusCode);
        }
    });

    it("keeps API Gateway's own status for what has no entry", () => {
        for (const type of ["DEFAULT_4XX", "DEFAULT_5XX"]) {
            expect(objectAt(responses, type), type).not.to.have.property("statusCode");
            expect(template(type), type).not.to.have.property("status");
        }
    });

    it("never repeats the request: its id and the failed rule are the only variables", () => {
        const variables = JSON.stringify(responses).match(/\$[A-Za-z.]+/g);
        expect([...new Set(variables)].sort()).to.deep.equal([
            "$context.error.messageString",
            "$context.requestId",
        ]);
    });

    it('tells the rule that failed, escaped, where the contract was not kept: ADR-003, "Request Validation"', () => {
        expect(template("BAD_REQUEST_PARAMETERS")).to.deep.include({ status: 400, detail: 'A "rule"' });
        expect(template("BAD_REQUEST_BODY")).to.deep.include({ status: 400, detail: 'A "rule"' });
    });

    it("lets pages of the listed origins read every error, with several origins too", () => {
        const several = gatewayResponses(["https://shop.example", "https://admin.shop.example"]);
        for (const [origins, from] of [
            [responses, "'https://shop.example'"],
            [several, "method.request.header.x-amzn-waf-allowed-origin"],
        ] as const) {
            for (const type of Object.keys(origins)) {
                expect(objectAt(objectAt(origins, type), "responseParameters"), type).to.include({
                    "gatewayresponse.header.Access-Control-Allow-Origin":
                        type === "WAF_FILTERED" ? "'https://shop.example'" : from,
                    "gatewayresponse.header.Access-Control-Expose-Headers": "'Retry-After'",
                    "gatewayresponse.header.Vary": "'Origin'",
                });
            }
        }
    });

    it("tells no page anything where none may call", () => {
        expect(JSON.stringify(gatewayResponses([]))).not.to.contain("Access-Control");
    });

    it("allows no credentials", () => {
        expect(JSON.stringify(responses)).not.to.contain("Allow-Credentials");
    });
});
