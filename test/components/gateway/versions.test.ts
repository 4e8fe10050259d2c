import { expect } from "chai";
import { objectAt, type JsonObject } from "../../../components/gateway/openapi/json";
import { readVersions } from "../../../components/gateway/readVersions";
import { resolveVersion } from "../../../components/gateway/resolveVersion";
import { describeIssue, Issues } from "../../../components/model/issues";
import { notesContract } from "./support";

const next = notesContract
    .replace("version: 1.2.0", "version: 2.0.0")
    .replace("required: [text]", "required: [text, tags]")
    .replace(
        "maxLength: 100 } }",
        "maxLength: 100 }, tags: { type: array, maxItems: 9, items: { type: string } } }",
    );
const translation = `servedBy: v2
because: Notes have tags.
problem: '{"status": $status}'
operations:
  readNote:
    servedBy: readNote
  writeNote:
    servedBy: writeNote
    request: '{"text": $input.json("$.text"), "tags": []}'
`;

function versions(change: { next?: string; translation?: string } = {}): {
    issues: readonly string[];
    body: JsonObject;
} {
    const issues = new Issues();
    const written = readVersions(
        {
            v1: {
                file: "v1.yaml",
                text: notesContract,
                translation: { file: "v1-on-v2.yaml", text: change.translation ?? translation },
            },
            v2: { file: "v2.yaml", text: change.next ?? next },
        },
        issues,
    );
    const [first] = written;
    const backend = {
        serverName: "ingress.shop.internal",
        verifyServerCertificate: true,
        timeoutMilliseconds: 1000,
    };
    const settings = {
        api: "notes",
        authorizer: { type: "userPool" } as const,
        backend,
        allowedOrigins: ["https://shop.example"],
    };
    return {
        issues: issues.all.map(describeIssue),
        body: JSON.parse(resolveVersion(first!, written, settings).template) as JsonObject,
    };
}

function methodOf(body: JsonObject, path: string, method: string): JsonObject {
    return objectAt(objectAt(objectAt(body, "paths"), path), method);
}

describe("A version that another one serves", () => {
    it("calls the other version, and hands on only what is named", () => {
        const { body, issues } = versions();
        expect(issues).to.deep.equal([]);
        const { responses, ...integration } = objectAt(
            methodOf(body, "/notes/{noteId}", "get"),
            "x-amazon-apigateway-integration",
        );
        expect(integration).to.deep.equal({
            connectionType: "VPC_LINK",
            connectionId: "${stageVariables.vpcLinkId}",
            integrationTarget: "{{integrationTarget}}",
            timeoutInMillis: 1000,
            type: "http",
            httpMethod: "GET",
            uri: "https://ingress.shop.internal/notes/v2/notes/{noteId}",
            passthroughBehavior: "when_no_match",
            requestParameters: {
                "integration.request.path.noteId": "method.request.path.noteId",
                "integration.request.header.Origin": "method.request.header.Origin",
                "integration.request.header.x-user-id": "context.authorizer.claims.sub",
                "integration.request.header.x-consumer-id": "context.identity.apiKeyId",
                "integration.request.header.x-request-id": "context.requestId",
            },
        });
        expect(Object.keys(responses as JsonObject)).to.have.members([
            "200",
            "403",
            "404",
            "413",
            "429",
            "503",
            "504",
            "default",
        ]);
    });

    it("declares every status and header that it sends, and every parameter that it maps", () => {
        const method = methodOf(versions().body, "/notes/{noteId}", "get");
        const { responses } = objectAt(method, "x-amazon-apigateway-integration");
        for (const { responseParameters, statusCode } of Object.values(
            responses as JsonObject,
        ) as JsonObject[]) {
            const declared = objectAt(
                objectAt(method, "responses"),
                typeof statusCode === "string" ? statusCode : "",
            );
            const headers = Object.keys(objectAt(declared, "headers"));
            const sent = Object.keys(responseParameters as JsonObject);
            expect(sent.map((each) => each.replace("method.response.header.", ""))).to.have.members(headers);
        }
        expect(method.parameters).to.deep.equal([
            { name: "noteId", in: "path", required: true, schema: { type: "string" } },
            { name: "Origin", in: "header", required: false, schema: { type: "string" } },
        ]);
    });

    it("refuses a body that its template would not understand: 415 instead of passing it through", () => {
        const integration = objectAt(
            methodOf(versions().body, "/notes", "post"),
            "x-amazon-apigateway-integration",
        );
        expect(integration.passthroughBehavior).to.equal("never");
        expect(objectAt(integration, "requestTemplates")).to.have.all.keys("application/json");
    });

    it("is wrong without a template where bodies differ, and with operations that nobody knows", () => {
        const bad = translation
            .replace(/ {4}request: .*\n/, "")
            .replace("  readNote:\n    servedBy: readNote\n", "  readNotes:\n    servedBy: readNote\n");
        expect(versions({ translation: bad }).issues).to.deep.equal([
            "v1-on-v2.yaml:4 operations.readNote is missing; use servedBy with the templates, or ownBackend with the reason",
            'v1-on-v2.yaml:5 operations.readNotes is "readNotes"; use an operation of the contract',
            "v1-on-v2.yaml:7 operations.writeNote.request is missing; use a template: the bodies differ",
        ]);
    });

    it("is wrong where the new version asks for other security, parameters, or answers what the old one cannot say", () => {
        const changed = next
            .replace("{ user: [notes/read], key: [] }", "{ user: [notes/write], key: [] }")
            .replaceAll("noteId", "id")
            .replace(
                "{ description: The note. }",
                '{ description: The note. }, "410": { description: Gone. }',
            );
        expect(versions({ next: changed }).issues).to.deep.equal([
            'v1-on-v2.yaml:5 operations.readNote.servedBy is "readNote"; use an operation with the same security',
            'v1-on-v2.yaml:5 operations.readNote.path is "noteId"; use a path parameter of readNote: id',
            "v1-on-v2.yaml:5 operations.readNote.statuses.410 is missing; use a status for it that the old version has: 200",
        ]);
    });

    it("reports what cannot be read with file and line, all at once", () => {
        const bad = translation
            .replace("because: Notes have tags.", "becuase: Notes have tags.")
            .replace("    servedBy: writeNote\n", "    servedBy: writeNote\n    query: none\n")
            .replace("    servedBy: readNote\n", '    ownBackend: ""\n');
        expect(versions({ translation: bad }).issues).to.deep.equal([
            'v1-on-v2.yaml:2 becuase is "becuase"; use one of servedBy, because, problem, operations',
            'v1-on-v2.yaml:6 operations.readNote.ownBackend is ""; use a text',
            'v1-on-v2.yaml:9 operations.writeNote.query is "none"; use an object of texts: one name to the other',
            "v1-on-v2.yaml:1 because is missing; use a text",
        ]);
    });

    it("must be served by another version of the same API", () => {
        const own = translation.replace("servedBy: v2", "servedBy: v1");
        expect(versions({ translation: own }).issues).to.deep.equal([
            'v1-on-v2.yaml:1 servedBy is "v1"; use another version of this API',
        ]);
    });

    it("refuses templates that API Gateway would not take", () => {
        const long = translation.replace('"tags": []', `"tags": [${" ".repeat(300 * 1024)}]`);
        expect(versions({ translation: long }).issues).to.deep.equal([
            'v1-on-v2.yaml:9 operations.writeNote.request is "307243 bytes"; use at most 307200 bytes, API Gateway\'s quota for one template',
        ]);
    });
});

describe('Versions: ADR-003, "API Versioning (v1, v2)"', () => {
    it("are told apart by their contracts: two cannot have one name", () => {
        expect(versions({ next: notesContract }).issues).to.include(
            'v2.yaml:2 info.version is "1.2.0"; use 2.x.y, because it is the contract of v2',
        );
    });
});
