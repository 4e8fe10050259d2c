import { existsSync } from "node:fs";
import { expect } from "chai";
import { awsFunctions } from "../../../../local/providers/aws/functions";
import type { AwsProvider } from "../../../../local/providers/aws/provider";
import { declarationFile, installedPackage } from "../../../../local/providers/schema/source";
import { created, forgetScratch, newAws, subjectOf } from "../support/providers";

describe("the aws stand-in's configuration", () => {
    let provider: AwsProvider;
    beforeEach(async () => {
        provider = await newAws();
    });
    after(forgetScratch);

    it("takes every setting of the real provider", () => {
        const config = {
            region: "eu-west-1",
            profile: "shop",
            allowedAccountIds: '["111122223333"]',
            assumeRoles: '[{"roleArn":"arn:aws:iam::111122223333:role/deploy"}]',
            defaultTags: '{"tags":{"team":"platform"}}',
            skipCredentialsValidation: "true",
            version: "7.48.0",
        };
        expect(provider.checkConfig(config)).to.deep.equal([]);
    });

    it("refuses a setting that does not exist, and a missing region", () => {
        expect(provider.checkConfig({ regoin: "eu-west-1" })).to.deep.equal([
            {
                property: "regoin",
                reason: 'the aws provider has no setting "aws:regoin" (did you mean "aws:region"?)',
            },
            { property: "region", reason: 'the aws provider needs a region: set "aws:region"' },
        ]);
    });

    it("is in the first account that the program allows", async () => {
        provider.configure({ region: "eu-central-1", allowedAccountIds: '["111122223333"]' });
        const topic = await created(provider, subjectOf("aws:sns/topic:Topic"), { name: "alerts" });
        expect(topic.id).to.equal("arn:aws:sns:eu-central-1:111122223333:alerts");
    });
});

describe("the aws stand-in's functions", () => {
    let provider: AwsProvider;
    beforeEach(async () => {
        provider = await newAws();
    });
    after(forgetScratch);

    it("are functions of @pulumi/aws", () => {
        const source = installedPackage("@pulumi/aws");
        const missing = Object.keys(awsFunctions).filter(
            (token) => !existsSync(declarationFile(source, token)),
        );
        expect(missing).to.deep.equal([]);
    });

    it("tell account, region and zones", async () => {
        const identity = await provider.invoke("aws:index/getCallerIdentity:getCallerIdentity", {});
        expect(identity.accountId).to.equal("123456789012");
        const region = await provider.invoke("aws:index/getRegion:getRegion", {});
        expect(region.region).to.equal("eu-west-1");
        const zones = await provider.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {
            state: "available",
        });
        expect(zones.names).to.deep.equal(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
    });

    it("find the hosted zone, VPC and prefix list that are asked for", async () => {
        const zone = await provider.invoke("aws:route53/getZone:getZone", { name: "shop.example." });
        expect(zone).to.deep.include({ name: "shop.example", id: zone.zoneId });
        expect(zone.zoneId).to.match(/^Z[0-9A-F]{20}$/);
        const vpc = await provider.invoke("aws:ec2/getVpc:getVpc", { id: "vpc-42" });
        expect(vpc).to.deep.include({ id: "vpc-42", cidrBlock: "10.0.0.0/16" });
        const list = await provider.invoke("aws:ec2/getManagedPrefixList:getManagedPrefixList", {
            name: "com.amazonaws.eu-west-1.s3",
        });
        expect(list.id).to.match(/^pl-[0-9a-f]{8}$/);
    });

    it("that are not there are named in the error", async () => {
        const error = await provider.invoke("aws:lambda/getFunction:getFunction", {}).then(
            () => "answered",
            (reason: unknown) => (reason as Error).message,
        );
        expect(error).to.equal(
            "aws:lambda/getFunction:getFunction is no function that the local aws provider knows; it knows " +
                "aws:index/getRegion:getRegion, aws:index/getCallerIdentity:getCallerIdentity, " +
                "aws:index/getPartition:getPartition, aws:index/getAvailabilityZones:getAvailabilityZones, " +
                "aws:acmpca/getCertificateAuthority:getCertificateAuthority, " +
                "aws:route53/getZone:getZone, aws:ec2/getVpc:getVpc, aws:ec2/getManagedPrefixList:getManagedPrefixList.",
        );
    });
});
