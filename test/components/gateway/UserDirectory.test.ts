import { expect } from "chai";
import { ApiEdge } from "../../../components/gateway/ApiEdge";
import type { ApiEdgeArgs } from "../../../components/gateway/edgeArgs";
import { named, record, type RecordedResource } from "../../support/mocks";
import { edgeArgs, mocks } from "./support";

function deployed(change: Partial<ApiEdgeArgs> = {}): Promise<readonly RecordedResource[]> {
    return record(() => new ApiEdge("edge", { ...edgeArgs, ...change }), mocks);
}

describe('The edge\'s user pool: ADR-003, "JWT Authentication"', () => {
    let resources: readonly RecordedResource[];
    before(async () => {
        resources = await deployed();
    });

    it("issues the contracts' scopes, as one resource server for each first part", () => {
        expect(named(resources, "edge-users-notes").inputs).to.deep.equal({
            userPoolId: "edge-users_id",
            identifier: "notes",
            name: "notes",
            scopes: [
                { scopeName: "read", scopeDescription: "Read notes" },
                { scopeName: "write", scopeDescription: "Write notes" },
            ],
        });
    });

    it("issues tokens under the stack's own sign-in domain", () => {
        expect(named(resources, "edge-users-sign-in").inputs).to.deep.equal({
            domain: "shop-test",
            userPoolId: "edge-users_id",
        });
    });

    it("gives people a code flow without a secret, and consumers credentials of their own", () => {
        expect(named(resources, "edge-users-web-client").inputs).to.deep.include({
            generateSecret: false,
            allowedOauthFlows: ["code"],
            allowedOauthScopes: ["openid", "notes/read", "notes/write"],
            explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
            callbackUrls: ["https://shop.example/signed-in"],
            logoutUrls: ["https://shop.example/signed-in"],
        });
        expect(named(resources, "edge-users-partner-client").inputs).to.deep.include({
            generateSecret: true,
            allowedOauthFlows: ["client_credentials"],
            allowedOauthScopes: ["notes/read"],
        });
        for (const client of ["web", "mobile", "partner"]) {
            expect(named(resources, `edge-users-${client}-client`).dependsOn).to.include("edge-users-notes");
        }
    });

    it("lets nobody sign up past the APIs unless asked to", async () => {
        const pool = (from: readonly RecordedResource[]): unknown =>
            named(from, "edge-users", "aws:cognito/userPool:UserPool").inputs.adminCreateUserConfig;
        expect(pool(resources)).to.deep.equal({ allowAdminCreateUserOnly: true });
        const open = await deployed({ signIn: { domainPrefix: "shop-test", selfRegistration: true } });
        expect(pool(open)).to.deep.equal({ allowAdminCreateUserOnly: false });
    });
});
