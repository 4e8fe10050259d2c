import { expect } from "chai";
import { describeIssue } from "../../../../components/model/issues";
import { readContract } from "../../../../components/gateway/openapi/readContract";
import { notesContract } from "../support";

function issuesOf(text: string): readonly string[] {
    return readContract({ file: "notes.yaml", text }).issues.map(describeIssue);
}

function changed(from: string, to: string): readonly string[] {
    expect(notesContract).to.contain(from);
    return issuesOf(notesContract.replace(from, to));
}

describe("readContract", () => {
    it("reads what the gateway enforces", () => {
        const { contract, issues } = readContract({ file: "notes.yaml", text: notesContract });
        expect(issues).to.deep.equal([]);
        expect(contract?.title).to.equal("Notes");
        expect(contract?.tokenScheme).to.equal("user");
        expect(contract?.apiKeyScheme).to.equal("key");
        expect([...(contract?.scopes ?? [])]).to.deep.equal([
            ["notes/read", "Read notes"],
            ["notes/write", "Write notes"],
        ]);
        expect(contract?.operations).to.deep.equal([
            {
                id: "readNote",
                method: "get",
                path: "/notes/{noteId}",
                parameters: [{ name: "noteId", in: "path", required: true, type: "string" }],
                bodyRequired: false,
                responses: new Map([["200", "The note."]]),
                responseSchemas: new Map(),
                access: { scopes: ["notes/read"], apiKey: true },
                at: "notes.yaml:7 paths./notes/{noteId}.get",
            },
            {
                id: "writeNote",
                method: "post",
                path: "/notes",
                parameters: [],
                bodySchema: "Note",
                bodyRequired: true,
                responses: new Map([["201", "Written."]]),
                responseSchemas: new Map(),
                access: { scopes: ["notes/write"], apiKey: true },
                at: "notes.yaml:12 paths./notes.post",
            },
        ]);
    });

    it("reads JSON as well", () => {
        expect(
            issuesOf('{"openapi": "3.0.3", "info": {"title": "A", "version": "1"}, "paths": {}}'),
        ).to.deep.equal(['notes.yaml:1 paths is "no operation"; use at least one operation']);
    });

    it("gives the line of text that is no YAML", () => {
        expect(issuesOf("openapi: 3.0.3\ninfo: [")).to.deep.equal([
            'notes.yaml:2 is "Flow sequence in block collection must be sufficiently indented and end with a ]"; use well-formed YAML or JSON',
        ]);
    });

    it("refuses a text that is no document", () => {
        expect(issuesOf("just words")).to.deep.equal(['notes.yaml:1 is "just words"; use an object']);
        expect(issuesOf("")).to.deep.equal(["notes.yaml:1 is missing; use an object"]);
        expect(issuesOf("- one")).to.deep.equal(['notes.yaml:1 is ["one"]; use an object']);
    });

    it("refuses aliases that cannot be resolved, with the line", () => {
        const want = "use anchors that stand before their aliases, and no alias inside its own anchor";
        expect(issuesOf("openapi: 3.0.3\ninfo: &known {}\nservers: *known\npaths: *unknown\n")).to.deep.equal(
            [
                `notes.yaml:4 is "Unresolved alias (the anchor must be set before the alias): unknown"; ${want}`,
            ],
        );
        expect(issuesOf("paths: &paths\n  again: *paths\n")).to.deep.equal([
            `notes.yaml:1 is "Converting circular structure to JSON"; ${want}`,
        ]);
    });

    it("refuses another version of OpenAPI", () => {
        expect(changed("openapi: 3.0.3", "openapi: 3.1.0")).to.deep.equal([
            'notes.yaml:1 openapi is "3.1.0"; use OpenAPI 3.0, for example 3.0.3',
        ]);
    });

    it("refuses an operation without security", () => {
        expect(changed("      security: [{ user: [notes/read], key: [] }]\n", "")).to.deep.equal([
            "notes.yaml:7 paths./notes/{noteId}.get.security is missing; use the token scheme with a scope and the API key, or [] for a public operation",
        ]);
    });

    it("applies the document's security to operations without their own", () => {
        const root = notesContract
            .replace("      security: [{ user: [notes/read], key: [] }]\n", "")
            .replace("paths:", "security: [{ key: [] }]\npaths:");
        const { contract } = readContract({ file: "notes.yaml", text: root });
        expect(contract?.operations[0]?.access).to.deep.equal({ apiKey: true });
    });

    it("refuses a token without a scope", () => {
        expect(changed("user: [notes/read]", "user: []")).to.deep.equal([
            "notes.yaml:7 paths./notes/{noteId}.get.security.user is []; use at least one scope",
        ]);
    });

    it("refuses a scope that is not declared", () => {
        expect(changed("user: [notes/read]", "user: [notes/erase]")).to.deep.equal([
            'notes.yaml:7 paths./notes/{noteId}.get.security.user is "notes/erase"; use a scope that the scheme declares',
        ]);
    });

    it("refuses a scope that no user pool could issue, or that says nothing", () => {
        const path = "notes.yaml:26 components.securitySchemes.user.flows.clientCredentials.scopes";
        expect(changed("notes/write: Write notes", "read: Read notes")).to.include(
            `${path}.read is "read"; use resource and action, such as orders/read`,
        );
        expect(changed("notes/read: Read notes", 'notes/read: ""')).to.deep.equal([
            `${path}.notes/read is ""; use 1 to 256 characters that say what it allows`,
        ]);
    });

    it("refuses headers that the gateway reads, sets or refuses itself", () => {
        for (const header of ["X-User-Id", "authorization", "x-amzn-waf-allowed-origin"]) {
            expect(
                changed(
                    "operationId: readNote",
                    `operationId: readNote\n      parameters: [{ name: ${header}, in: header, schema: { type: string } }]`,
                ),
            ).to.deep.equal([
                `notes.yaml:7 paths./notes/{noteId}.get.parameters is "${header}"; use a header that is not the gateway's own`,
            ]);
        }
    });

    it("refuses alternatives, which API Gateway would add up", () => {
        expect(
            changed("[{ user: [notes/read], key: [] }]", "[{ user: [notes/read] }, { key: [] }]"),
        ).to.deep.equal([
            'notes.yaml:7 paths./notes/{noteId}.get.security is [{"user":["notes/read"]},{"key":[]}]; use a single alternative: all schemes in one entry',
        ]);
    });

    it("refuses schemes that it does not know and operations that use them", () => {
        expect(
            changed(
                "key: { type: apiKey, in: header, name: x-api-key }",
                "key: { type: http, scheme: basic }",
            ),
        ).to.deep.equal([
            'notes.yaml:27 components.securitySchemes.key is "http"; use an oauth2 scheme with scopes, or an apiKey in the header x-api-key',
            'notes.yaml:7 paths./notes/{noteId}.get.security is "key"; use a scheme under components.securitySchemes',
            'notes.yaml:12 paths./notes.post.security is "key"; use a scheme under components.securitySchemes',
        ]);
    });

    it("refuses a missing, odd or repeated operation name", () => {
        expect(changed("operationId: readNote", "summary: Read")).to.deep.equal([
            "notes.yaml:7 paths./notes/{noteId}.get.operationId is missing; use letters and digits, 64 at most",
        ]);
        expect(changed("operationId: readNote", "operationId: writeNote")).to.deep.equal([
            'notes.yaml:12 paths./notes.post.operationId is "writeNote"; use a name that no other operation has',
        ]);
    });

    it("refuses a path parameter that is not declared, or not in the path", () => {
        expect(changed("name: noteId", "name: id")).to.deep.equal([
            'notes.yaml:7 paths./notes/{noteId}.get.parameters is ["id"]; use the path\'s parameters: ["noteId"]',
        ]);
    });

    it("refuses a parameter that is only part of a segment", () => {
        expect(changed("/notes/{noteId}:", "/notes/n-{noteId}:")).to.deep.equal([
            'notes.yaml:4 paths./notes/n-{noteId} is "/notes/n-{noteId}"; use a path such as /orders/{orderId}, each parameter a whole segment',
        ]);
    });

    it("refuses two names for one path parameter", () => {
        const twice = notesContract.replace(
            "  /notes:\n",
            `  /notes/{id}/pages:
    get:
      operationId: listPages
      security: []
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "200": { description: Pages. } }
  /notes:\n`,
        );
        expect(issuesOf(twice)).to.deep.equal([
            'notes.yaml:11 paths./notes/{id}/pages is "{id}"; use {noteId}, as other paths call it',
        ]);
    });

    it("refuses OPTIONS, which is the preflight's", () => {
        expect(changed("    post:", "    options:")).to.deep.equal([
            'notes.yaml:12 paths./notes.options is "options"; use one of get, put, post, delete, patch, head, parameters, summary, description',
        ]);
    });

    it("refuses a body that API Gateway would not validate", () => {
        expect(changed("application/json:", "text/plain:")).to.deep.equal([
            'notes.yaml:12 paths./notes.post.requestBody.content is ["text/plain"]; use application/json only',
            "notes.yaml:12 paths./notes.post.requestBody.content.application/json.schema is missing; use a $ref to a schema under components.schemas",
        ]);
        expect(changed('{ $ref: "#/components/schemas/Note" }', "{ type: object }")).to.deep.equal([
            "notes.yaml:12 paths./notes.post.requestBody.content.application/json.schema is missing; use a $ref to a schema under components.schemas",
        ]);
    });

    it("refuses rules that API Gateway's models cannot hold", () => {
        expect(changed("maxLength: 100", "nullable: true")).to.deep.equal([
            "notes.yaml:33 components.schemas.Note.properties.text.nullable is true; use a rule that API Gateway's models can hold, and leave this one to the service",
        ]);
    });

    it("lets a property be called like a rule", () => {
        expect(changed("text: { type: string, maxLength: 100 }", "nullable: { type: string }")).to.deep.equal(
            [],
        );
    });

    it("refuses references that lead nowhere or into another file", () => {
        expect(
            changed("text: { type: string, maxLength: 100 }", 'text: { $ref: "#/components/schemas/Text" }'),
        ).to.deep.equal([
            'notes.yaml:33 components.schemas.Note.properties.text.$ref is "#/components/schemas/Text"; use a schema under components.schemas of this file',
        ]);
        expect(
            changed(
                "{ name: noteId, in: path, required: true, schema: { type: string } }",
                '{ $ref: "common.yaml#/Id" }',
            ),
        ).to.deep.equal([
            'notes.yaml:7 paths./notes/{noteId}.get.parameters.$ref is "common.yaml#/Id"; use a reference to something in this file, such as #/components/parameters/Id',
            "notes.yaml:7 paths./notes/{noteId}.get.parameters is missing; use a name and a place: path, query or header",
            'notes.yaml:7 paths./notes/{noteId}.get.parameters is []; use the path\'s parameters: ["noteId"]',
        ]);
    });

    it("refuses a model above API Gateway's quota", () => {
        const withText = (bytes: number): readonly string[] =>
            changed("maxLength: 100", `pattern: ${"x".repeat(bytes)}`);
        const rest =
            '{"type":"object","additionalProperties":false,"required":["text"],"properties":{"text":{"type":"string","pattern":""}}}';
        expect(withText(409_600 - rest.length)).to.deep.equal([]);
        expect(withText(409_601 - rest.length)).to.deep.equal([
            'notes.yaml:29 components.schemas.Note is "409601 bytes"; use at most 409600, API Gateway\'s quota for a model',
        ]);
    });

    it("refuses more resources than API Gateway's quota", () => {
        const paths = Array.from(
            { length: 300 },
            (_, index) =>
                `  /p${index}:\n    get:\n      operationId: get${index}\n      security: []\n      responses: { "200": { description: Fine. } }\n`,
        ).join("");
        const text = `openapi: 3.0.3\ninfo: { title: Many, version: "1" }\npaths:\n${paths}`;
        expect(issuesOf(text)).to.deep.equal([
            'notes.yaml:3 paths is "301 resources"; use at most 300, API Gateway\'s quota for one API: "/p299" is the first too many; give its part of the contract an API of its own',
        ]);
    });

    it("reports everything at once", () => {
        const text = notesContract.replace("title: Notes, ", "").replace("user: [notes/read]", "user: []");
        expect(issuesOf(text)).to.have.length(2);
    });
});
