import { expect } from "chai";
import { ApiEdge } from "../../../components/gateway/ApiEdge";
import type { ExternalApiArgs, VersionArgs } from "../../../components/gateway/apiArgs";
import { ExternalApi } from "../../../components/gateway/ExternalApi";
import { identities, named, record, refusal } from "../../support/mocks";
import { edgeArgs, mocks, notesContract } from "./support";

const backend = {
    loadBalancerArn: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/ingress/1",
    serverName: "ingress.shop.internal",
    verifyServerCertificate: false,
};
const contracts = { v1: { file: "notes.yaml", text: notesContract } };
const routes = [{ api: "notes", service: "note-service" }];

async function refused(
    change: Partial<ExternalApiArgs>,
): Promise<{ lines: readonly string[]; made: readonly string[] }> {
    const { message, resources } = await refusal((attempt) => {
        const edge = new ApiEdge("edge", edgeArgs);
        attempt(
            () => new ExternalApi("notes", { edge, backend, service: "note-service", contracts, ...change }),
        );
    }, mocks);
    return {
        lines: message.split("\n"),
        made: identities(resources.filter(({ name }) => name.startsWith("notes"))),
    };
}

/** A contract of this version with a part that reads otherwise. */
function contract(file: string, version: string, from = "", to = ""): VersionArgs {
    return { file, text: notesContract.replace("version: 1.2.0", `version: ${version}`).replace(from, to) };
}

describe("Bad arguments of ExternalApi", () => {
    it("are all reported at once, with file and line, before any child exists", async () => {
        const { lines, made } = await refused({
            api: "Notes",
            service: "no-such-service",
            backend: { ...backend, serverName: "ingress", routes },
            allowedOrigins: ["https://shop.example", "https://shop.example/shop", "*", "https://a.example"],
            throttle: { ratePerSecond: 0, burst: 0 },
            timeoutSeconds: 29,
            contracts: {
                v1: { file: "torn.yaml", text: "openapi: 3.0.3\ninfo: { title: Notes\npaths: {}\n" },
                v2: contract("open.yaml", "2.0.0", "      security: [{ user: [notes/read], key: [] }]\n"),
                v3: contract("unscoped.yaml", "3.0.0", "user: [notes/read]", "user: []"),
                // A second contract of version 2.
                v4: contract("again.yaml", "2.0.0"),
                v5: {
                    ...contract("sunset.yaml", "5.0.0"),
                    deprecation: { since: "soon", sunset: "2027-12-01" },
                },
                v6: {
                    ...contract("served.yaml", "6.0.0"),
                    translation: {
                        file: "served-by.yaml",
                        text: "servedBy: v9\nbecause: It differs.\nproblem: '{}'\noperations:\n  readNote: { servedBy: readNote }\n  erase: { ownBackend: ' ' }\n",
                    },
                },
                next: { file: "missing.yaml" },
            },
        });
        const label =
            "a DNS label: 1 to 63 lower-case letters, digits or hyphens, beginning with a letter and not ending with a hyphen";
        const origin =
            'an origin: "https://" and a host name, without path or wildcard ("http://localhost:<port>" for development)';
        expect(lines).to.deep.equal([
            'ExternalApi "notes": 17 issues',
            `  - api is "Notes"; use ${label}`,
            '  - backend.serverName is "ingress"; use a DNS name of at least two labels, such as "shop.internal"',
            "  - timeoutSeconds is 29; use at least 1 and below API Gateway's 29 seconds",
            "  - throttle.ratePerSecond is 0; use above 0, at most 10000",
            "  - throttle.burst is 0; use a whole number from 1 to 5000",
            '  - service is "Notes to no-such-service"; use a route of the backend: notes to note-service',
            `  - allowedOrigins[1] is "https://shop.example/shop"; use ${origin}`,
            `  - allowedOrigins[2] is "*"; use ${origin}`,
            `  - allowedOrigins[3] is "https://a.example"; use one of the edge's: https://shop.example`,
            '  - torn.yaml:3 is "Flow map in block collection must be sufficiently indented and end with a }"; use well-formed YAML or JSON',
            "  - open.yaml:7 paths./notes/{noteId}.get.security is missing; use the token scheme with a scope and the API key, or [] for a public operation",
            "  - unscoped.yaml:7 paths./notes/{noteId}.get.security.user is []; use at least one scope",
            '  - again.yaml:2 info.version is "2.0.0"; use 4.x.y, because it is the contract of v4',
            '  - contracts.v5.deprecation.since is "soon"; use a day, such as 2026-12-31',
            '  - contracts is "next"; use a version such as v1',
            '  - contracts.next.file is "missing.yaml"; use a file that exists, from the program\'s folder',
            '  - served-by.yaml:6 operations.erase.ownBackend is " "; use a text',
        ]);
        expect(made).to.deep.equal(["shop:gateway:ExternalApi notes"]);
    });

    it("are refused where the backend does not hand the API to this service", async () => {
        const others = [{ api: "notes", service: "other-service" }];
        expect((await refused({ backend: { ...backend, routes: others } })).lines).to.deep.equal([
            'ExternalApi "notes": service is "notes to note-service"; use a route of the backend: notes to other-service.',
        ]);
    });

    it("are refused where an operation is open without saying why", async () => {
        const open = {
            v1: contract("notes.yaml", "1.2.0", "{ user: [notes/read], key: [] }", "{ key: [] }"),
        };
        expect((await refused({ contracts: open })).lines).to.deep.equal([
            'ExternalApi "notes": notes.yaml:7 paths./notes/{noteId}.get.security is "readNote without a token, a key or both"; use both, or list the operation under publicOperations with a reason.',
        ]);
        const publicOperations = { readNote: "Notes are public." };
        const resources = await record(() => {
            const edge = new ApiEdge("edge", edgeArgs);
            const known = { ...backend, routes };
            new ExternalApi("notes", {
                edge,
                backend: known,
                service: "note-service",
                contracts: open,
                publicOperations,
            });
        }, mocks);
        expect(named(resources, "notes").outputs?.publicOperations).to.deep.equal(publicOperations);
    });
});
