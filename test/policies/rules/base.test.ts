import { expect } from "chai";
import { baseEncryption } from "../../../policies/rules/baseEncryption";
import { baseIam } from "../../../policies/rules/baseIam";
import { baseReadable } from "../../../policies/rules/baseReadable";
import { baseSecurityGroups } from "../../../policies/rules/baseSecurityGroups";
import { noAppMesh } from "../../../policies/rules/noAppMesh";
import { unknownText, type TestResource } from "../support/stack";
import { findings } from "../support/table";

const group: TestResource = {
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: "members",
    props: { arn: unknownText, ingress: unknownText, egress: unknownText },
};
const opening = (props: object): TestResource[] => [
    group,
    {
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name: "in",
        props: { securityGroupId: unknownText, ipProtocol: "tcp", fromPort: 443, toPort: 443, ...props },
        from: { securityGroupId: ["members"] },
    },
];

describe("base-security-groups", () => {
    const rule = baseSecurityGroups();

    it("accepts one port from a security group or a private range", async () => {
        expect(await findings(rule, opening({ referencedSecurityGroupId: unknownText }))).to.deep.equal([]);
        expect(await findings(rule, opening({ cidrIpv4: "10.20.0.0/16" }))).to.deep.equal([]);
    });

    it("refuses ranges that are open, half open, wider than private, and unknown", async () => {
        for (const cidrIpv4 of ["0.0.0.0/0", "128.0.0.0/1", "10.0.0.0/7", unknownText]) {
            expect(await findings(rule, opening({ cidrIpv4 }))).to.have.length(1);
        }
    });

    it("refuses inline rules and the older resource as it refuses separate ones", async () => {
        const open = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] };
        const inline = { ...group, props: { ...group.props, ingress: [open] } };
        const older: TestResource = {
            type: "aws:ec2/securityGroupRule:SecurityGroupRule",
            name: "older",
            props: { type: "ingress", securityGroupId: unknownText, ...open },
            from: { securityGroupId: ["members"] },
        };
        const required = 'found "0.0.0.0/0"; required a private address range, or a security group';
        expect(await findings(rule, [inline])).to.deep.equal([`ingress[0].cidrBlocks[0]: ${required}`]);
        expect(await findings(rule, [group, older])).to.deep.equal([`cidrBlocks[0]: ${required}`]);
    });

    it("refuses inline rules that are unknown because they are made from something", async () => {
        const forged = { ...group, from: { ingress: ["bucket"] } };
        const bucket = { type: "aws:s3/bucket:Bucket", name: "bucket", props: {} };
        expect(await findings(rule, [forged, bucket])).to.deep.equal([
            "ingress: found a value that is unknown until it is deployed; required a list that is known at preview",
        ]);
    });
});

describe("base-iam", () => {
    const rule = baseIam();
    const policy = (statement: object): TestResource[] => [
        {
            type: "aws:iam/rolePolicy:RolePolicy",
            name: "policy",
            props: { policy: JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] }) },
        },
    ];

    it("accepts named actions and resources, and the registry login under a condition", async () => {
        const named = { Action: ["s3:GetObject"], Resource: "arn:aws:s3:::reports/*" };
        const login = { Action: "ecr:GetAuthorizationToken", Resource: "*", Condition: { StringEquals: {} } };
        expect(await findings(rule, [...policy(named)])).to.deep.equal([]);
        expect(await findings(rule, [...policy(login)])).to.deep.equal([]);
    });

    it("refuses wildcards, whatever they are called", async () => {
        const one = "arn:aws:s3:::reports/one";
        for (const statement of [
            { Action: "*", Resource: one },
            { Action: ["s3:*"], Resource: one },
            { Action: ["s3:GetObject"], Resource: ["*"] },
            { Action: ["s3:GetObject"], Resource: "arn:aws:s3:::*" },
            { Action: "ecr:GetAuthorizationToken", Resource: "*" },
        ]) {
            expect(await findings(rule, policy(statement))).to.have.length(1);
        }
    });
});

describe("Types that carry traffic", () => {
    it("are refused where the pack cannot read them", async () => {
        const types = [
            "aws:apigatewayv2/api:Api",
            "aws:lambda/functionUrl:FunctionUrl",
            "aws-native:ecs:Service",
        ];
        const resources = types.map((type) => ({ type, name: type, props: {} }));
        expect(await findings(baseReadable(), resources)).to.deep.equal(
            types.map((type) => `type: found ${type}; required a type that this pack reads`),
        );
    });

    it("are not buckets, tables or this pack's own", async () => {
        const types = ["aws:s3/bucket:Bucket", "aws:apigateway/stage:Stage", "shop:mesh:ServiceMesh"];
        const resources = types.map((type) => ({ type, name: type, props: {} }));
        expect(await findings(baseReadable(), resources)).to.deep.equal([]);
    });

    it("include App Mesh, which has ended", async () => {
        const mesh = { type: "aws:appmesh/mesh:Mesh", name: "mesh", props: {} };
        expect(await findings(noAppMesh(), [mesh])).to.deep.equal([
            "type: found aws:appmesh/mesh:Mesh; required a service that exists",
        ]);
    });
});

describe("base-encryption", () => {
    it("refuses logs that never end, logs without a key, and keys that stay", async () => {
        const resources = [
            { type: "aws:cloudwatch/logGroup:LogGroup", name: "logs", props: {} },
            { type: "aws:kms/key:Key", name: "key", props: { enableKeyRotation: false } },
        ];
        expect(await findings(baseEncryption(), resources)).to.deep.equal([
            "retentionInDays: found nothing; required at least 7, and not for ever",
            "kmsKeyId: found nothing; required a customer-managed key",
            "enableKeyRotation: found false; required true",
        ]);
    });
});
