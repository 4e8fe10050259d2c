import { expect } from "chai";
import { ApiEdge } from "../../../components/gateway/ApiEdge";
import type { ApiEdgeArgs } from "../../../components/gateway/edgeArgs";
import { identities, named, record, refusal, type RecordedResource } from "../../support/mocks";
import { edgeArgs, mocks, placement } from "./support";

// Mocks prove what the program asks for, not what AWS makes of it: see docs/unproven.md.

function deployed(change: Partial<ApiEdgeArgs> = {}): Promise<readonly RecordedResource[]> {
    return record(() => new ApiEdge("edge", { ...edgeArgs, ...change }), mocks);
}

describe("ApiEdge", () => {
    let resources: readonly RecordedResource[];
    before(async () => {
        resources = await deployed();
    });

    it("has exactly these children: renaming one needs an alias", () => {
        expect(identities(resources)).to.deep.equal([
            "aws:acm/certificate:Certificate edge-domain-certificate < edge-domain",
            "aws:acm/certificateValidation:CertificateValidation edge-domain-validated < edge-domain",
            "aws:apigateway/account:Account edge-account < edge",
            "aws:apigateway/clientCertificate:ClientCertificate edge-client-certificate < edge",
            "aws:apigateway/domainName:DomainName edge-domain < edge-domain",
            "aws:apigatewayv2/vpcLink:VpcLink edge-vpc-link < edge",
            "aws:cloudwatch/logGroup:LogGroup edge-web-acl-logs < edge",
            "aws:cognito/resourceServer:ResourceServer edge-users-notes < edge-users",
            "aws:cognito/userPool:UserPool edge-users < edge-users",
            "aws:cognito/userPoolClient:UserPoolClient edge-users-mobile-client < edge-users",
            "aws:cognito/userPoolClient:UserPoolClient edge-users-partner-client < edge-users",
            "aws:cognito/userPoolClient:UserPoolClient edge-users-web-client < edge-users",
            "aws:cognito/userPoolDomain:UserPoolDomain edge-users-sign-in < edge-users",
            "aws:ec2/securityGroup:SecurityGroup edge-vpc-link-group < edge",
            "aws:iam/role:Role edge-logs-role < edge",
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment edge-logs-policy < edge",
            "aws:route53/record:Record edge-domain-alias < edge-domain",
            "aws:route53/record:Record edge-domain-validation < edge-domain",
            "aws:wafv2/webAcl:WebAcl edge-web-acl < edge",
            "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration edge-web-acl-logging < edge",
            "shop:gateway:ApiEdge edge",
            "shop:gateway:EdgeDomainName edge-domain < edge",
            "shop:gateway:UserDirectory edge-users < edge",
        ]);
    });

    it("serves a Regional domain with TLS 1.2 or newer, under a certificate that was validated", () => {
        const domain = named(resources, "edge-domain", "aws:apigateway/domainName:DomainName");
        expect(domain.inputs).to.deep.equal({
            domainName: "api.shop.example",
            endpointConfiguration: { types: "REGIONAL" },
            regionalCertificateArn: "arn:aws:acm:validated",
            securityPolicy: "TLS_1_2",
        });
        expect(domain.propertyDependencies.regionalCertificateArn).to.include("edge-domain-validated");
        expect(named(resources, "edge-domain-certificate").inputs).to.deep.equal({
            domainName: "api.shop.example",
            validationMethod: "DNS",
        });
        expect(named(resources, "edge-domain-validation").inputs).to.include({
            zoneId: "Z0123456789ABC",
            name: "_proof",
            type: "CNAME",
        });
    });

    it("takes a certificate and a zone that exist", async () => {
        const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/1";
        const brought = await deployed({ domain: { ...edgeArgs.domain, certificateArn } });
        expect(brought.filter(({ type }) => type.startsWith("aws:acm"))).to.deep.equal([]);
        expect(brought.filter(({ type }) => type === "aws:route53/zone:Zone")).to.deep.equal([]);
        const domain = named(brought, "edge-domain", "aws:apigateway/domainName:DomainName");
        expect(domain.inputs.regionalCertificateArn).to.equal(certificateArn);
    });

    it("makes a zone when asked to", async () => {
        const made = await deployed({
            domain: { name: "api.shop.example", zone: { create: true, name: "shop.example" } },
        });
        expect(named(made, "edge-domain-zone").inputs).to.include({ name: "shop.example" });
        expect(named(made, "edge-domain-alias").propertyDependencies.zoneId).to.deep.equal([
            "edge-domain-zone",
        ]);
    });

    it("logs what the Web ACL refuses, for a while only, under the platform's key", () => {
        expect(named(resources, "edge-web-acl-logs").inputs).to.deep.equal({
            name: "aws-waf-logs-traffic-test",
            retentionInDays: 30,
            kmsKeyId: placement.kmsKeyArn,
        });
        expect(named(resources, "edge-web-acl-logging").inputs).to.deep.equal({
            resourceArn: "arn:aws:mock:::edge-web-acl",
            logDestinationConfigs: ["arn:aws:mock:::edge-web-acl-logs"],
            loggingFilter: {
                defaultBehavior: "DROP",
                filters: ["BLOCK", "EXCLUDED_AS_COUNT"].map((action) => ({
                    behavior: "KEEP",
                    requirement: "MEETS_ANY",
                    conditions: [{ actionCondition: { action } }],
                })),
            },
        });
    });

    it("opens nothing for the VPC link by itself", () => {
        expect(named(resources, "edge-vpc-link-group").inputs).to.deep.equal({
            vpcId: "vpc-1",
            description: "API Gateway's VPC link: to the mesh ingress only",
        });
        expect(named(resources, "edge-vpc-link").inputs).to.deep.equal({
            name: "traffic-test",
            subnetIds: ["subnet-1", "subnet-2"],
            securityGroupIds: ["edge-vpc-link-group_id"],
        });
    });

    it("protects what cannot be made again, when asked to", async () => {
        expect(resources.filter(({ protect }) => protect)).to.deep.equal([]);
        const kept = await deployed({ placement: { ...placement, protect: true } });
        expect(
            kept
                .filter(({ protect }) => protect)
                .map(({ name, type }) => `${type} ${name}`)
                .sort(),
        ).to.deep.equal([
            "aws:apigateway/clientCertificate:ClientCertificate edge-client-certificate",
            "aws:apigateway/domainName:DomainName edge-domain",
            "aws:cognito/userPool:UserPool edge-users",
        ]);
        expect(named(kept, "edge-users", "aws:cognito/userPool:UserPool").inputs.deletionProtection).to.equal(
            "ACTIVE",
        );
    });

    it("leaves the region's log role to another stack when asked to", async () => {
        const without = await deployed({ manageAccountLogRole: false });
        expect(
            without.filter(({ type }) => type.startsWith("aws:iam") || type.includes("account")),
        ).to.deep.equal([]);
    });

    it("keeps roles within the permission boundary", async () => {
        const boundary = "arn:aws:iam::123456789012:policy/boundary";
        const bounded = await deployed({ placement: { ...placement, permissionsBoundaryArn: boundary } });
        expect(named(bounded, "edge-logs-role").inputs.permissionsBoundary).to.equal(boundary);
        expect(named(resources, "edge-logs-role").inputs).not.to.have.property("permissionsBoundary");
    });

    it("registers what others and the policies need", () => {
        expect(named(resources, "edge").outputs).to.deep.equal({
            host: "api.shop.example",
            consumers: ["partner"],
            authorizer: { type: "userPool" },
            userPoolId: "edge-users_id",
            userPoolArn: "arn:aws:mock:::edge-users",
            clientIds: {
                web: "edge-users-web-client_id",
                mobile: "edge-users-mobile-client_id",
                partner: "edge-users-partner-client_id",
            },
            webAclArn: "arn:aws:mock:::edge-web-acl",
            vpcLinkId: "edge-vpc-link_id",
            vpcLinkSecurityGroupId: "edge-vpc-link-group_id",
            clientCertificateId: "edge-client-certificate_id",
        });
    });

    it("reports all bad arguments at once, before any child exists", async () => {
        const bad: ApiEdgeArgs = {
            ...edgeArgs,
            domain: { name: "api", zone: { create: true, name: "other.example" } },
            signIn: { domainPrefix: "my-aws-shop" },
            clients: {
                web: { callbackUrls: [], scopes: ["notes/read"] },
                mobile: { callbackUrls: ["shop://signed-in"], scopes: [] },
                consumers: { web: { scopes: ["notes/erase"] } },
            },
            scopes: { "notes/read": "Read notes", "notes:write": "Write notes" },
            allowedOrigins: ["https://shop.example/shop", "https://a.example", "https://a.example"],
            limits: { perCredential: 2000 },
        };
        const { message, resources: created } = await refusal((attempt) => {
            attempt(() => new ApiEdge("edge", bad));
        }, mocks);
        expect(message.split("\n")).to.deep.equal([
            'ApiEdge "edge": 11 issues',
            '  - domain.name is "api"; use a DNS name of at least two labels, such as "shop.internal"',
            '  - domain.zone.name is "other.example"; use api or a domain above it',
            '  - signIn.domainPrefix is "my-aws-shop"; use a DNS label without "aws", "amazon" or "cognito"',
            '  - scopes is "notes:write"; use resource and action, such as orders/read',
            "  - clients.web.callbackUrls is []; use at least one URL",
            "  - clients.mobile.scopes is []; use at least one scope",
            '  - clients.consumers is "web"; use a DNS label: 1 to 63 lower-case letters, digits or hyphens, beginning with a letter and not ending with a hyphen, neither "web" nor "mobile"',
            '  - clients.consumers.web.scopes is "notes/erase"; use one of notes/read, notes:write',
            '  - allowedOrigins[0] is "https://shop.example/shop"; use an origin: "https://" and a host name, without path or wildcard ("http://localhost:<port>" for development)',
            '  - allowedOrigins[2] is "https://a.example"; use each origin once',
            "  - limits.perCredential is 2000; use 10 to 1000 requests a minute (ADR-003: 1000)",
        ]);
        expect(identities(created)).to.deep.equal(["shop:gateway:ApiEdge edge"]);
    });
});
