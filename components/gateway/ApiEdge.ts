import * as apigateway from "@pulumi/aws/apigateway";
import * as apigatewayv2 from "@pulumi/aws/apigatewayv2";
import * as ec2 from "@pulumi/aws/ec2";
import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";
import type { Placement } from "../placement";
import { rejectIssues } from "../reject";
import { transformed } from "../transform";
import { createAccountLogs } from "./accountLogs";
import { checkEdge } from "./checkEdge";
import type { ApiEdgeArgs } from "./edgeArgs";
import { EdgeDomainName } from "./EdgeDomainName";
import { resolveLimits } from "./limits";
import type { Authorizer } from "./openapi/authorizer";
import { authorizerOf } from "./signIn";
import { UserDirectory } from "./UserDirectory";
import { webAclArgs } from "./webAcl";
import { createWebAclLogs } from "./webAclLogs";

/**
 * What all public APIs of a stack share: domain, Web ACL, user pool with its clients, the way into the VPC and the
 * certificate by which the mesh knows the gateway.
 */
export class ApiEdge extends pulumi.ComponentResource {
    readonly placement: Placement;
    /** Host name of all APIs. */
    readonly host: string;
    /** Names of the API consumers, each with an app client and a usage plan of its own. */
    readonly consumers: readonly string[];
    /** The custom domain, as a resource: mappings must wait for it. */
    readonly domainName: pulumi.Output<string>;
    /** Who vouches for access tokens. */
    readonly authorizer: Authorizer;
    /** Absent where tokens come from an issuer of one's own. */
    readonly userPoolId?: pulumi.Output<string>;
    readonly userPoolArn?: pulumi.Output<string>;
    /** Web, mobile and each consumer, to the id with which they ask for tokens; none where an issuer of one's own manages them. */
    readonly clientIds: Readonly<Record<string, pulumi.Output<string>>>;
    readonly webAclArn: pulumi.Output<string>;
    readonly vpcLinkId: pulumi.Output<string>;
    /** The security group out of which the VPC link calls; whoever may be called adds the rule. */
    readonly vpcLinkSecurityGroupId: pulumi.Output<string>;
    readonly clientCertificateId: pulumi.Output<string>;
    /** The certificate that stages present, PEM; self-signed, so it is its own trust anchor. */
    readonly clientCertificatePem: pulumi.Output<string>;
    /** What a stage with logs must wait for. */
    readonly logsReady: readonly pulumi.Resource[];

    constructor(name: string, args: ApiEdgeArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:gateway:ApiEdge", name, {}, opts);
        rejectIssues("ApiEdge", name, checkEdge(args), this);
        const { placement } = args;
        this.placement = placement;
        this.host = args.domain.name;
        this.consumers = Object.keys(args.clients.consumers ?? {});
        this.domainName = this.createDomain(name, args).domainName.id;
        this.authorizer = authorizerOf(args.signIn);
        const users = this.createUsers(name, args);
        if (users !== undefined) {
            this.userPoolId = users.userPoolId;
            this.userPoolArn = users.userPoolArn;
        }
        this.clientIds = users?.clientIds ?? {};
        const webAcl = this.createWebAcl(name, args);
        this.webAclArn = webAcl.arn;
        const { webAclLogs: logGroup, webAclLogging: logging } = args.transform ?? {};
        createWebAclLogs(name, webAcl, placement, { logGroup, logging }, { parent: this });
        this.vpcLinkSecurityGroupId = this.createVpcLinkGroup(name, args).id;
        this.vpcLinkId = this.createVpcLink(name, args).id;
        const certificate = this.createClientCertificate(name, args);
        this.clientCertificateId = certificate.id;
        this.clientCertificatePem = certificate.pemEncodedCertificate;
        this.logsReady =
            args.manageAccountLogRole === false ? [] : [createAccountLogs(name, placement, { parent: this })];
        this.registerOutputs({
            host: this.host,
            consumers: this.consumers,
            authorizer: this.authorizer,
            userPoolId: this.userPoolId,
            userPoolArn: this.userPoolArn,
            clientIds: this.clientIds,
            webAclArn: this.webAclArn,
            vpcLinkId: this.vpcLinkId,
            vpcLinkSecurityGroupId: this.vpcLinkSecurityGroupId,
            clientCertificateId: this.clientCertificateId,
        });
    }

    private createDomain(name: string, { domain, placement, transform }: ApiEdgeArgs): EdgeDomainName {
        return new EdgeDomainName(
            `${name}-domain`,
            { ...domain, protect: placement.protect, transform: transform?.domainName },
            { parent: this },
        );
    }

    private createUsers(
        name: string,
        { clients, placement, scopes, signIn, transform }: ApiEdgeArgs,
    ): UserDirectory | undefined {
        if ("issuer" in signIn) {
            return undefined;
        }
        const { prefix, protect } = placement;
        return new UserDirectory(
            `${name}-users`,
            { prefix, signIn, clients, scopes, protect, transform: transform?.userPool },
            { parent: this },
        );
    }

    private createWebAcl(name: string, { limits, placement, transform }: ApiEdgeArgs): wafv2.WebAcl {
        const acl = webAclArgs(placement.prefix, resolveLimits(limits));
        return new wafv2.WebAcl(`${name}-web-acl`, transformed(acl, transform?.webAcl), { parent: this });
    }

    /** Without rules: nothing may be reached until the ingress, which knows its load balancer, adds one. */
    private createVpcLinkGroup(name: string, { network, transform }: ApiEdgeArgs): ec2.SecurityGroup {
        const group: ec2.SecurityGroupArgs = {
            vpcId: network.vpcId,
            description: "API Gateway's VPC link: to the mesh ingress only",
        };
        return new ec2.SecurityGroup(
            `${name}-vpc-link-group`,
            transformed(group, transform?.vpcLinkSecurityGroup),
            {
                parent: this,
            },
        );
    }

    private createVpcLink(
        name: string,
        { network, placement, transform }: ApiEdgeArgs,
    ): apigatewayv2.VpcLink {
        const link: apigatewayv2.VpcLinkArgs = {
            name: placement.prefix,
            subnetIds: network.privateSubnetIds,
            securityGroupIds: [this.vpcLinkSecurityGroupId],
        };
        return new apigatewayv2.VpcLink(`${name}-vpc-link`, transformed(link, transform?.vpcLink), {
            parent: this,
        });
    }

    /** Valid for a year. Source: API Gateway, "Generate and configure an SSL certificate for backend authentication". */
    private createClientCertificate(
        name: string,
        { placement, transform }: ApiEdgeArgs,
    ): apigateway.ClientCertificate {
        const certificate: apigateway.ClientCertificateArgs = {
            description: `${placement.prefix}, towards the mesh`,
        };
        return new apigateway.ClientCertificate(
            `${name}-client-certificate`,
            transformed(certificate, transform?.clientCertificate),
            { parent: this, protect: placement.protect },
        );
    }
}
