import { expect } from "chai";
import { ApiEdge } from "../../../components/gateway/ApiEdge";
import { ExternalApi } from "../../../components/gateway/ExternalApi";
import { checkSignIn, type SignIn } from "../../../components/gateway/signIn";
import { describeIssue, Issues } from "../../../components/model/issues";
import { named, record, type RecordedResource } from "../../support/mocks";
import { edgeArgs, mocks, notesContract } from "./support";

const userPoolArn = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI";
const oidc = { issuer: "https://identity.example/shop", audiences: ["https://api.shop.example"] };

async function deployed(signIn: SignIn, preview = false): Promise<readonly RecordedResource[]> {
    return record(
        () => {
            const edge = new ApiEdge("edge", { ...edgeArgs, signIn });
            const backend = {
                loadBalancerArn: "arn:lb",
                serverName: "ingress.shop.internal",
                verifyServerCertificate: true,
            };
            const contracts = { v1: { file: "notes.yaml", text: notesContract } };
            new ExternalApi("notes", { edge, backend, service: "note-service", contracts });
        },
        { ...mocks, preview },
    );
}

function userScheme(resources: readonly RecordedResource[]): unknown {
    const body = JSON.parse(String(named(resources, "notes-v1").inputs.body)) as {
        components: { securitySchemes: Record<string, unknown> };
    };
    return body.components.securitySchemes.user;
}

describe('Sign-in with a user pool that exists: ADR-003, "JWT Authentication"', () => {
    let resources: readonly RecordedResource[];
    before(async () => {
        resources = await deployed({ userPoolArn });
    });

    it("verifies tokens with that pool", () => {
        expect(userScheme(resources)).to.deep.equal({
            type: "apiKey",
            name: "Authorization",
            in: "header",
            "x-amazon-apigateway-authtype": "cognito_user_pools",
            "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [userPoolArn] },
        });
    });

    it("adds scopes and app clients to it, and neither pool nor sign-in pages", () => {
        const cognito = resources.filter(({ type }) => type.startsWith("aws:cognito/"));
        expect(
            cognito.map(({ name, inputs }) => `${name} in ${String(inputs.userPoolId)}`).sort(),
        ).to.deep.equal([
            "edge-users-mobile-client in eu-central-1_AbCdEfGhI",
            "edge-users-notes in eu-central-1_AbCdEfGhI",
            "edge-users-partner-client in eu-central-1_AbCdEfGhI",
            "edge-users-web-client in eu-central-1_AbCdEfGhI",
        ]);
    });
});

describe('Sign-in with an OpenID Connect issuer: ADR-003, "JWT Token Validation"', () => {
    it("verifies tokens with API Gateway's own JWT authorizer", async () => {
        expect(userScheme(await deployed(oidc))).to.deep.equal({
            type: "apiKey",
            name: "Authorization",
            in: "header",
            "x-amazon-apigateway-authtype": "jwt",
            "x-amazon-apigateway-authorizer": {
                type: "jwt",
                identitySource: "method.request.header.Authorization",
                jwtConfiguration: { defaultAlgorithms: ["RS256"], issuers: [oidc] },
            },
        });
    });

    it("takes other signatures of a key pair, and nothing that shares a secret or is not signed", async () => {
        const scheme = userScheme(await deployed({ ...oidc, algorithms: ["ES256", "RS256"] }));
        expect(JSON.stringify(scheme)).to.contain('"defaultAlgorithms":["ES256","RS256"]');
        for (const algorithm of ["HS256", "none"]) {
            const issues = new Issues();
            checkSignIn({ ...oidc, algorithms: [algorithm as "RS256"] }, issues);
            expect(issues.all.map(describeIssue)).to.deep.equal([
                `signIn.algorithms is ["${algorithm}"]; use some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512`,
            ]);
        }
    });

    it("makes no user pool, and its client ids are the issuer's business", async () => {
        const resources = await deployed(oidc);
        expect(resources.filter(({ type }) => type.startsWith("aws:cognito/"))).to.deep.equal([]);
        const outputs = named(resources, "edge").outputs;
        expect(outputs).to.deep.include({
            authorizer: { type: "jwt", ...oidc, algorithms: ["RS256"] },
            clientIds: {},
        });
        expect(outputs).not.to.have.any.keys("userPoolId", "userPoolArn");
    });

    it("asks for the same scopes and keys as with a user pool", async () => {
        const security = async (signIn: SignIn): Promise<unknown> => {
            const { paths } = JSON.parse(String(named(await deployed(signIn), "notes-v1").inputs.body)) as {
                paths: Record<string, Record<string, { security: unknown }>>;
            };
            return Object.values(paths).flatMap((item) => Object.values(item).map((each) => each.security));
        };
        expect(await security(oidc)).to.deep.equal(await security({ domainPrefix: "shop-test" }));
    });
});

describe("checkSignIn", () => {
    const issuesOf = (signIn: SignIn): readonly string[] => {
        const issues = new Issues();
        checkSignIn(signIn, issues);
        return issues.all.map(describeIssue);
    };

    it("takes a pool by its ARN", () => {
        expect(issuesOf({ userPoolArn })).to.deep.equal([]);
        expect(issuesOf({ userPoolArn: "eu-central-1_AbCdEfGhI" })).to.deep.equal([
            'signIn.userPoolArn is "eu-central-1_AbCdEfGhI"; use the ARN of a user pool',
        ]);
    });

    it("takes an issuer with https and an audience", () => {
        expect(issuesOf(oidc)).to.deep.equal([]);
        expect(issuesOf({ issuer: "http://identity.example?tenant=1", audiences: [] })).to.deep.equal([
            'signIn.issuer is "http://identity.example?tenant=1"; use "https://", a host name and perhaps a path, exactly as in the tokens, without query or fragment',
            "signIn.audiences is []; use at least one audience, none of them empty",
        ]);
    });
});
