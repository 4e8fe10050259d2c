import { expect } from "chai";
import { PlatformKey } from "../../../components/encryption/PlatformKey";
import { identities, named, record } from "../../support/mocks";

describe("PlatformKey", () => {
    const args = {
        prefix: "shop-test",
        region: "eu-central-1",
        accountId: "123456789012",
        partition: "aws",
        protect: true,
    };

    it("makes a protected key that rotates, and an alias", async () => {
        const resources = await record(() => new PlatformKey("key", args));
        expect(identities(resources)).to.deep.equal([
            "aws:kms/alias:Alias key-alias < key",
            "aws:kms/key:Key key < key",
            "shop:encryption:PlatformKey key",
        ]);
        const key = named(resources, "key", "aws:kms/key:Key");
        expect(key.protect).to.equal(true);
        expect(key.inputs).to.deep.include({ enableKeyRotation: true, deletionWindowInDays: 30 });
    });

    it("lets CloudWatch Logs use it for this stack's log groups, this account's alarms publish with it, and no other service", async () => {
        const resources = await record(() => new PlatformKey("key", args));
        const { Statement } = JSON.parse(
            String(named(resources, "key", "aws:kms/key:Key").inputs.policy),
        ) as {
            Statement: readonly { Sid: string; Principal: object; Condition?: object }[];
        };
        expect(
            Statement.map(({ Sid, Principal, Condition }) => ({ Sid, Principal, Condition })),
        ).to.deep.equal([
            {
                Sid: "AccountAdministers",
                Principal: { AWS: "arn:aws:iam::123456789012:root" },
                Condition: undefined,
            },
            {
                Sid: "LogsOfThisStack",
                Principal: { Service: "logs.eu-central-1.amazonaws.com" },
                Condition: {
                    ArnLike: {
                        "kms:EncryptionContext:aws:logs:arn": [
                            "arn:aws:logs:eu-central-1:123456789012:log-group:*shop-test*",
                            "arn:aws:logs:eu-central-1:123456789012:log-group:API-Gateway-Execution-Logs_*",
                        ],
                    },
                },
            },
            {
                Sid: "AlarmsOfThisAccount",
                Principal: { Service: "cloudwatch.amazonaws.com" },
                Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
            },
        ]);
    });
});
