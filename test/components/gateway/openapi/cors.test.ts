import { expect } from "chai";
import {
    errorOrigin,
    exposedHeaders,
    firewallOrigin,
    preflight,
} from "../../../../components/gateway/openapi/cors";
import { renderTemplate } from "../../../support/mappingTemplate";
import { objectAt, textAt, type JsonObject } from "../../../../components/gateway/openapi/json";

const shop = "https://shop.example";
const admin = "https://admin.shop.example";

function answer(method: JsonObject): JsonObject {
    return objectAt(objectAt(objectAt(method, "x-amazon-apigateway-integration"), "responses"), "default");
}

describe('preflight: ADR-003, "CORS Configuration"', () => {
    const parameters = [
        { name: "orderId", in: "path", required: true, type: "string" },
        { name: "Idempotency-Key", in: "header", required: true, type: "string" },
        { name: "page", in: "query", required: false, type: "integer" },
    ] as const;
    const method = preflight(["GET", "POST"], parameters, [shop, admin]);

    it("asks for no authentication", () => {
        expect(method.security).to.deep.equal([]);
    });

    it("is answered by the gateway itself", () => {
        const integration = objectAt(method, "x-amazon-apigateway-integration");
        expect(integration.type).to.equal("mock");
        expect(integration.requestTemplates).to.deep.equal({ "application/json": '{"statusCode":204}' });
    });

    it("declares path parameters, which API Gateway's import wants of every method of a path", () => {
        expect(method.parameters).to.deep.equal([
            { name: "orderId", in: "path", required: true, schema: { type: "string" } },
        ]);
    });

    it("allows the path's methods and the headers of its contract, and no credentials", () => {
        expect(answer(method).responseParameters).to.deep.equal({
            "method.response.header.Access-Control-Allow-Headers":
                "'Authorization,Content-Type,X-Api-Key,Idempotency-Key'",
            "method.response.header.Access-Control-Allow-Methods": "'GET,POST,OPTIONS'",
            "method.response.header.Access-Control-Allow-Origin": `'${shop}'`,
            "method.response.header.Access-Control-Max-Age": "'7200'",
            "method.response.header.Vary": "'Origin'",
        });
    });

    it("repeats a listed origin only, in whatever case the client spells the header", () => {
        const template = textAt(objectAt(answer(method), "responseTemplates"), "application/json") ?? "";
        const allowed = (params: Record<string, string>): unknown => {
            const context = { responseOverride: { header: {} as Record<string, string> } };
            expect(renderTemplate(template, { params, context }).trim()).to.equal("");
            return context.responseOverride.header;
        };
        const repeated = { "Access-Control-Allow-Origin": admin };
        expect(allowed({ Origin: admin })).to.deep.equal(repeated);
        expect(allowed({ origin: admin })).to.deep.equal(repeated);
        for (const origin of ["https://evil.example", `${admin}.evil.example`, "null", ""]) {
            expect(allowed({ Origin: origin }), origin).to.deep.equal({});
        }
        expect(allowed({})).to.deep.equal({});
    });
});

describe("Headers of the gateway's own errors", () => {
    const origin = "Access-Control-Allow-Origin";

    it("name the one origin", () => {
        expect(errorOrigin([shop])).to.deep.equal({ [origin]: `'${shop}'`, Vary: "'Origin'" });
    });

    it("repeat, of several, what the firewall compared, and never what the client sent", () => {
        expect(errorOrigin([shop, admin])).to.deep.equal({
            [origin]: "method.request.header.x-amzn-waf-allowed-origin",
            Vary: "'Origin'",
        });
    });

    it("name the first origin where the firewall refused, and so told nothing", () => {
        expect(firewallOrigin([shop, admin])).to.deep.equal(errorOrigin([shop]));
    });

    it("allow nobody where no origin is listed", () => {
        expect(errorOrigin([])).to.deep.equal({});
        expect(firewallOrigin([])).to.deep.equal({});
    });

    it("let pages read when to come back, and what the version says of itself", () => {
        expect(exposedHeaders({})).to.equal("'Retry-After'");
        expect(exposedHeaders({ Sunset: "", Deprecation: "" })).to.equal("'Deprecation,Retry-After,Sunset'");
    });
});
