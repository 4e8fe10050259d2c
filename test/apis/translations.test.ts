import { expect } from "chai";
import { readFileSync } from "node:fs";
import { isObject, objectAt, type JsonObject } from "../../components/gateway/openapi/json";
import { readTranslation } from "../../components/gateway/openapi/readTranslation";
import {
    documentOf,
    exampleProblems,
    exampleRequest,
    exampleSuccess,
    expectValid,
    methodOf,
    operationIds,
    requestSchema,
    responseSchema,
    transformed,
} from "./documents";
import { resolveVersions } from "./resolveVersions";

for (const api of ["orders", "payments", "products", "search", "users"]) {
    describe(`apis/${api}/v1-on-v2.yaml: ADR-003, "Request/Response Transformation"`, () => {
        const documents = { v1: documentOf(api, "v1"), v2: documentOf(api, "v2") };
        const file = `apis/${api}/v1-on-v2.yaml`;
        const { translation, issues } = readTranslation({ file, text: readFileSync(file, "utf8") });
        const body = resolveVersions(api).v1;
        const translated = [...(translation?.operations ?? [])].flatMap(([id, each]) =>
            "servedBy" in each ? [{ id, servedBy: each.servedBy }] : [],
        );
        const integrationOf = (id: string): JsonObject =>
            objectAt(methodOf(body, id), "x-amazon-apigateway-integration");
        const answerOf = (id: string, status: string): JsonObject =>
            objectAt(objectAt(integrationOf(id), "responses"), status);

        it("says of every operation of version 1 who serves it", () => {
            expect(issues).to.deep.equal([]);
            expect([...(translation?.operations.keys() ?? [])].sort()).to.deep.equal(
                operationIds(documents.v1).sort(),
            );
        });

        for (const { id, servedBy } of translated) {
            it(`${id}: version 1's example request becomes one that version 2 accepts`, () => {
                const request = exampleRequest(documents.v1, id);
                if (request === undefined) {
                    expect(exampleRequest(documents.v2, servedBy)).to.equal(undefined);
                    return;
                }
                const sent = transformed(integrationOf(id), "requestTemplates", request);
                expectValid(documents.v2, requestSchema(documents.v2, servedBy), sent);
            });

            it(`${id}: version 2's example response becomes one that version 1 promises`, () => {
                const [status, response] = exampleSuccess(documents.v2, servedBy);
                const [promised, expected] = exampleSuccess(documents.v1, id);
                const answer = answerOf(id, status);
                expect(answer.statusCode).to.equal(promised);
                if (response === undefined) {
                    expect(expected).to.equal(undefined);
                    return;
                }
                const received = transformed(answer, "responseTemplates", response);
                expectValid(documents.v1, responseSchema(documents.v1, id, promised), received);
            });

            it(`${id}: version 2's errors become problem details of version 1`, () => {
                const problems = exampleProblems(documents.v2, servedBy);
                expect(problems.length).to.be.above(0);
                for (const [status, problem] of problems) {
                    const answer = answerOf(id, status);
                    const received = transformed(answer, "responseTemplates", problem) as JsonObject;
                    expectValid(documents.v1, "#/components/schemas/Problem", received);
                    expect(received.status, status).to.equal(Number(answer.statusCode));
                    expect(received, status).not.to.have.property("errors");
                }
            });
        }

        const lists = translated.filter(({ servedBy }) => {
            const [, response] = exampleSuccess(documents.v2, servedBy);
            return isObject(response) && Array.isArray(response.data);
        });

        it("has an operation that answers with a list", () => {
            expect(lists.map(({ id }) => id)).not.to.deep.equal([]);
        });

        for (const { id, servedBy } of lists) {
            it(`${id}: a list keeps its items, be they none, one or several`, () => {
                const [status, response] = exampleSuccess(documents.v2, servedBy);
                const [promised] = exampleSuccess(documents.v1, id);
                const { data } = response as { readonly data: readonly JsonObject[] };
                const [first] = data;
                expect(first, "an item in the contract's example").not.to.equal(undefined);
                for (const items of [[], data.slice(0, 1), [...data, ...data, ...data]]) {
                    const answered = { ...(response as JsonObject), data: items };
                    const received = transformed(answerOf(id, status), "responseTemplates", answered);
                    expect((received as { readonly items: readonly unknown[] }).items).to.have.length(
                        items.length,
                    );
                    expectValid(documents.v1, responseSchema(documents.v1, id, promised), received);
                }
            });
        }
    });
}
