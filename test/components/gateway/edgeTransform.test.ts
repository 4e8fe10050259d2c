import { expect } from "chai";
import { ApiEdge } from "../../../components/gateway/ApiEdge";
import type { ApiEdgeArgs } from "../../../components/gateway/edgeArgs";
import type { ApiEdgeTransform } from "../../../components/gateway/edgeTransform";
import { record, type RecordedResource } from "../../support/mocks";
import { edgeArgs, mocks } from "./support";

/** A change to every kind of child, by an input that all of them have. */
const changeAll: Required<ApiEdgeTransform> = {
    domainName: (args) => ({ ...args, region: "changed" }),
    zone: (args) => ({ ...args, comment: "changed" }),
    certificate: (args) => ({ ...args, region: "changed" }),
    validationRecord: (args) => ({ ...args, setIdentifier: "changed" }),
    certificateValidation: (args) => ({ ...args, region: "changed" }),
    aliasRecord: (args) => ({ ...args, setIdentifier: "changed" }),
    userPool: (args) => ({ ...args, region: "changed" }),
    signInDomain: (args) => ({ ...args, region: "changed" }),
    resourceServer: (args) => ({ ...args, region: "changed" }),
    appClient: (args) => ({ ...args, region: "changed" }),
    webAcl: (args) => ({ ...args, region: "changed" }),
    webAclLogs: (args) => ({ ...args, region: "changed" }),
    webAclLogging: (args) => ({ ...args, region: "changed" }),
    logsRole: (args) => ({ ...args, path: "/changed/" }),
    logsPolicy: (args) => ({ ...args, policyArn: "changed" }),
    account: (args) => ({ ...args, region: "changed" }),
    vpcLink: (args) => ({ ...args, region: "changed" }),
    vpcLinkSecurityGroup: (args) => ({ ...args, region: "changed" }),
    clientCertificate: (args) => ({ ...args, region: "changed" }),
};

async function deployed(
    change: Partial<ApiEdgeArgs>,
    visit: (edge: ApiEdge) => void = () => undefined,
): Promise<readonly RecordedResource[]> {
    const all = await record(() => {
        visit(new ApiEdge("edge", { ...edgeArgs, ...change }));
    }, mocks);
    return all.filter(({ type }) => type.startsWith("aws:"));
}

const ownZone = {
    domain: { name: "api.shop.example", zone: { create: true, name: "shop.example" } },
} as const;

describe("ApiEdge's children", () => {
    it("can be transformed, each of them", async () => {
        const changed = await deployed({ ...ownZone, transform: changeAll });
        const untouched = changed.filter(({ inputs }) => !JSON.stringify(inputs).includes("changed"));
        expect(untouched.map(({ name }) => name)).to.deep.equal([]);
        expect(changed).to.have.length(21);
    });

    it("are changed by their own transform only", async () => {
        for (const [key, transform] of Object.entries(changeAll)) {
            const changed = await deployed({ ...ownZone, transform: { [key]: transform } });
            const types = changed
                .filter(({ inputs }) => JSON.stringify(inputs).includes("changed"))
                .map(({ type }) => type);
            expect(new Set(types).size, key).to.equal(1);
        }
    });

    it("are exposed as nodes, each of them", async () => {
        const exposed: string[] = [];
        const resources = await deployed(ownZone, ({ nodes }) => {
            const { accountLogs, domain, users, ...own } = nodes;
            const groups = [own, domain.nodes, accountLogs ?? {}];
            const { appClients = {}, resourceServers = {}, ...pool } = users?.nodes ?? {};
            const all = [...groups, pool, appClients, resourceServers].flatMap((each) => Object.values(each));
            all.forEach((node) => {
                (node as { urn: { apply: (use: (urn: string) => void) => void } }).urn.apply((urn) => {
                    exposed.push(urn.split("::").at(-1) ?? "");
                });
            });
        });
        expect(exposed.sort()).to.deep.equal(resources.map(({ name }) => name).sort());
    });

    it("leave out what is brought", async () => {
        const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/1";
        const userPoolArn = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_AbCdEfGhI";
        await deployed(
            {
                domain: { ...edgeArgs.domain, certificateArn },
                signIn: { userPoolArn },
                manageAccountLogRole: false,
            },
            ({ nodes }) => {
                expect(nodes).not.to.have.property("accountLogs");
                expect(Object.keys(nodes.domain.nodes)).to.deep.equal(["domainName", "aliasRecord"]);
                expect(nodes.users?.nodes).not.to.have.any.keys("userPool", "signInDomain");
            },
        );
    });
});
