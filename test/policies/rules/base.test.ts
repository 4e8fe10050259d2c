import { expect } from "chai";
import { baseEncryption } from "../../../policies/rules/baseEncryption";
import { baseIam } from "../../../policies/rules/baseIam";
import { baseReadable } from "../../../policies/rules/baseReadable";
import { baseSecurityGroups } from "../../../policies/rules/baseSecurityGroups";
import { noAppMesh } from "../../../policies/rules/noAppMesh";
import type { Rule } from "../../../policies/rule";
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
        from: { securityGroupId: ["members"], referencedSecurityGroupId: ["members"] },
    },
];
/** Out to a list of address ranges, beside an endpoint of some type. */
const listed = (vpcEndpointType: string, prefixListId: string): TestResource[] => [
    group,
    {
        type: "aws:ec2/vpcEndpoint:VpcEndpoint",
        name: "s3",
        props: { vpcEndpointType, prefixListId: "pl-0a0a0a0a" },
    },
    {
        type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        name: "out",
        props: { securityGroupId: unknownText, ipProtocol: "tcp", fromPort: 443, toPort: 443, prefixListId },
        from: { securityGroupId: ["members"], prefixListId: ["s3"] },
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

    it("lets out to the list of a gateway endpoint of the program, while its id is unknown and once it is known", async () => {
        expect(await findings(rule, listed("Gateway", unknownText))).to.deep.equal([]);
        expect(await findings(rule, listed("Gateway", "pl-0a0a0a0a"))).to.deep.equal([]);
    });

    it("refuses other lists, lists that an endpoint of another kind would name, and lets nobody in by one", async () => {
        const required = "required the list of a gateway endpoint of this program, or one of prefixLists";
        const unknown = "a value that is unknown until it is deployed";
        expect(await findings(rule, listed("Gateway", "pl-0b0b0b0b"))).to.deep.equal([
            `prefixListId: found "pl-0b0b0b0b"; ${required}`,
        ]);
        expect(await findings(rule, listed("Interface", unknownText))).to.deep.equal([
            `prefixListId: found ${unknown}; ${required}`,
        ]);
        const inline = { protocol: "tcp", fromPort: 443, toPort: 443, prefixListIds: ["pl-0a0a0a0a"] };
        expect(
            await findings(rule, [{ ...group, props: { ...group.props, ingress: [inline] } }]),
        ).to.deep.equal([
            'ingress[0].prefixListIds[0]: found "pl-0a0a0a0a"; required a security group: prefix lists may hold any address',
        ]);
    });

    it("takes a list that somebody answers for, and asks for the entry's removal when nothing needs it", async () => {
        const review = {
            reason: "The network team's own list.",
            owner: "network team",
            reviewBy: "2099-12-31",
        };
        const prefixLists = [{ id: "pl-0b0b0b0b", ...review }];
        const answered: Rule = { ...rule, checks: (stack) => rule.checks(stack, { prefixLists }) };
        expect(await findings(answered, listed("Gateway", "pl-0b0b0b0b"))).to.deep.equal([]);
        expect(await findings(answered, listed("Gateway", "pl-0a0a0a0a"))).to.deep.equal([
            'prefixLists "pl-0b0b0b0b": found nothing that needs it; required its removal',
        ]);
    });

    it("refuses groups of others, known or not", async () => {
        const required = "required a security group of this program: others let in whom they like";
        expect(await findings(rule, opening({ referencedSecurityGroupId: "sg-other" }))).to.deep.equal([
            `referencedSecurityGroupId: found "sg-other"; ${required}`,
        ]);
        const [members, rest] = opening({ referencedSecurityGroupId: unknownText });
        const foreign = { ...rest, from: { securityGroupId: ["members"] } } as TestResource;
        expect(await findings(rule, [members!, foreign])).to.deep.equal([
            `referencedSecurityGroupId: found a value that is unknown until it is deployed; ${required}`,
        ]);
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
            { Action: ["s3:GetObjec?"], Resource: one },
            { Action: ["s3:GetObject"], Resource: ["*"] },
            { Action: ["s3:GetObject"], Resource: "arn:aws:s3:::*" },
            { Action: ["s3:GetObject"], Resource: "arn:aws:s3:::?*" },
            { Action: ["s3:GetObject"], Resource: "arn:aws:s?:*" },
            { Action: "ecr:GetAuthorizationToken", Resource: "*" },
        ]) {
            expect(await findings(rule, policy(statement))).to.have.length(1);
        }
    });
});

describe("base-iam on attached policies", () => {
    const rule = baseIam();
    const narrow: TestResource = {
        type: "aws:iam/policy:Policy",
        name: "own",
        props: {
            arn: unknownText,
            policy: JSON.stringify({
                Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/one" },
            }),
        },
    };
    const arn = "arn:aws:iam::123456789012:policy/own";
    const deployed = { ...narrow, props: { ...narrow.props, arn } };
    const attached = (policyArn: string, ...from: string[]): TestResource => ({
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        name: "attached",
        props: { policyArn },
        from: { policyArn: from },
    });

    it("accepts the program's own, and the one of AWS's that it knows", async () => {
        const logs = "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs";
        expect(await findings(rule, [narrow, attached(unknownText, "own")])).to.deep.equal([]);
        expect(await findings(rule, [deployed, attached(arn, "own")])).to.deep.equal([]);
        expect(await findings(rule, [attached(logs)])).to.deep.equal([]);
    });

    it("refuses what it cannot read: others of AWS's, one that is named by its ARN, one that is unknown", async () => {
        for (const policyArn of [
            "arn:aws:iam::aws:policy/AdministratorAccess",
            "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
            "arn:aws:iam::123456789012:policy/written-by-hand",
            unknownText,
        ]) {
            expect(await findings(rule, [narrow, attached(policyArn)]), policyArn).to.have.length(1);
        }
        const other = "arn:aws:iam::123456789012:policy/written-by-hand";
        expect(await findings(rule, [deployed, attached(other, "own")])).to.have.length(1);
    });
});

describe("base-iam on other accounts", () => {
    const rule = baseIam();
    const own = "123456789012";
    const jobs = "token.actions.githubusercontent.com";
    const trust = (statement: object, arn?: string): TestResource => ({
        type: "aws:iam/role:Role",
        name: "role",
        props: {
            ...(arn === undefined ? {} : { arn }),
            assumeRolePolicy: JSON.stringify({
                Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", ...statement }],
            }),
        },
    });
    const arn = `arn:aws:iam::${own}:role/role`;
    const root = (account: string): object => ({ Principal: { AWS: `arn:aws:iam::${account}:root` } });
    const services: TestResource = {
        ...trust({
            Principal: { Service: "ecs-tasks.amazonaws.com" },
            Condition: { StringEquals: { "aws:SourceAccount": own } },
        }),
        name: "services",
    };
    const claims = { [`${jobs}:aud`]: "sts.amazonaws.com", [`${jobs}:sub`]: "repo:a/b:environment:dev" };
    const federated = (account: string, condition: object): object => ({
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${jobs}` },
        Condition: { StringEquals: condition },
    });

    it("knows its own by the ARNs that AWS gave, or by whom roles of services are for", async () => {
        expect(await findings(rule, [trust(root(own), arn)])).to.deep.equal([]);
        expect(await findings(rule, [trust(root(own)), services])).to.deep.equal([]);
        expect(await findings(rule, [trust({ Principal: { AWS: own } }, arn)])).to.deep.equal([]);
    });

    it("refuses another one, whatever it is asked to know, and any one while nothing tells which is its own", async () => {
        const at = "assumeRolePolicy.Statement[0].Principal.AWS";
        const required = "required principals of the program's own account";
        const asked = { ...root("999999999999"), Condition: { StringEquals: { "sts:ExternalId": "x" } } };
        for (const resources of [[trust(asked, arn)], [trust(asked), services]]) {
            expect(await findings(rule, resources)).to.deep.equal([
                `${at}: found "arn:aws:iam::999999999999:root"; ${required}, ${own}`,
            ]);
        }
        expect(await findings(rule, [trust(root(own))])).to.deep.equal([
            `${at}: found "arn:aws:iam::${own}:root"; ${required}, which nothing tells yet: aws:SourceAccount of a role would`,
        ]);
    });

    it("lets in jobs of one repository and environment by the account's own provider, and no other users", async () => {
        expect(await findings(rule, [trust(federated(own, claims), arn)])).to.deep.equal([]);
        expect(await findings(rule, [trust(federated("999999999999", claims), arn)])).to.have.length(1);
        expect(await findings(rule, [trust(federated(own, {}), arn)])).to.have.length(2);
        const other = { Principal: { Federated: "cognito-identity.amazonaws.com" } };
        expect(await findings(rule, [trust(other, arn)])).to.have.length(3);
    });

    it("takes a condition of a resource's policy for narrow only where it leaves the own account", async () => {
        const topic = (condition: object): TestResource => ({
            type: "aws:sns/topic:Topic",
            name: "topic",
            props: {
                policy: JSON.stringify({
                    Statement: [{ Effect: "Allow", Principal: "*", Condition: condition }],
                }),
            },
        });
        for (const [condition, count] of [
            [{ StringEquals: { "aws:SourceAccount": own } }, 0],
            [{ ArnLike: { "aws:SourceArn": `arn:aws:s3:eu-central-1:${own}:*` } }, 0],
            [{ StringEquals: { "aws:SourceAccount": [own, "999999999999"] } }, 1],
            [{ ArnLike: { "aws:SourceArn": "arn:aws:sns:*" } }, 1],
            [{ StringEquals: { "aws:PrincipalOrgID": "o-1" } }, 1],
        ] as const) {
            expect(await findings(rule, [topic(condition), services])).to.have.length(count);
        }
    });

    it("refuses buckets that a canned list opens", async () => {
        const bucket = (acl: unknown): TestResource => ({
            type: "aws:s3/bucketAcl:BucketAcl",
            name: "acl",
            props: { acl },
        });
        expect(await findings(rule, [bucket("private")])).to.deep.equal([]);
        expect(await findings(rule, [bucket("public-read")])).to.deep.equal([
            'acl: found "public-read"; required "private"',
        ]);
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
