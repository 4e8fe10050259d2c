import * as apigateway from "@pulumi/aws/apigateway";
import * as pulumi from "@pulumi/pulumi";
import type { Placement } from "../placement";
import { stackName } from "../readOutput";
import { rejectIssues } from "../reject";
import { transformed } from "../transform";
import { createAccountLogs, type AccountLogs } from "./accountLogs";
import { checkEdge } from "./checkEdge";
import type { ApiEdgeArgs } from "./edgeArgs";
import type { Edge } from "./edge";
import { EdgeDomainName } from "./EdgeDomainName";
import { apiHandOverOf, JoinedEdge, readEdge, type ApiHandOver, type HandedOver } from "./JoinedEdge";
import { resolveLimits } from "./limits";
import type { Authorizer } from "./openapi/authorizer";
import { authorizerOf } from "./signIn";
import { UserDirectory } from "./UserDirectory";
import { createVpcLink, type VpcLinkNodes } from "./vpcLink";
import { webAclArgs } from "./webAcl";
import { createWebAcl, type WebAclNodes } from "./webAclChildren";
import { webAclMetrics, type WebAclMetrics } from "./webAclMetrics";

export interface ApiEdgeNodes extends VpcLinkNodes, WebAclNodes {
    readonly domain: EdgeDomainName;
    /** Absent where tokens come from an issuer of one's own. */
    readonly users?: UserDirectory;
    readonly clientCertificate: apigateway.ClientCertificate;
    /** Absent where another stack sets the region's role. */
    readonly accountLogs?: AccountLogs;
}

/**
 * What all public APIs of a stack share: domain, Web ACL, user pool with its clients, the way into the VPC and the
 * certificate by which the mesh knows the gateway.
 */
export class ApiEdge extends pulumi.ComponentResource implements Edge {
    readonly placement: Placement;
    /** Host name of all APIs. */
    readonly host: string;
    /** Browser origins that may call the APIs. */
    readonly allowedOrigins: readonly string[];
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
    /** How the Web ACL is called in CloudWatch. */
    readonly webAclMetrics: WebAclMetrics;
    readonly vpcLinkId: pulumi.Output<string>;
    /** The security group out of which the VPC link calls; whoever may be called adds the rule. */
    readonly vpcLinkSecurityGroupId: pulumi.Output<string>;
    readonly clientCertificateId: pulumi.Output<string>;
    /** The certificate that stages present, PEM; self-signed, so it is its own trust anchor. */
    readonly clientCertificatePem: pulumi.Output<string>;
    /** What a stage with logs must wait for. */
    readonly logsReady: readonly pulumi.Resource[];
    readonly nodes: ApiEdgeNodes;

    constructor(name: string, args: ApiEdgeArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:gateway:ApiEdge", name, {}, opts);
        const { allowedOrigins = [], limits, placement, transform = {} } = args;
        const settings = { limits: resolveLimits(limits), origins: allowedOrigins };
        const webAcl = transformed(webAclArgs(placement.prefix, settings), transform.webAcl);
        rejectIssues("ApiEdge", name, checkEdge(args, webAcl), this);
        this.placement = placement;
        this.host = args.domain.name;
        this.allowedOrigins = allowedOrigins;
        this.consumers = Object.keys(args.clients.consumers ?? {});
        this.authorizer = authorizerOf(args.signIn);
        const domain = this.createDomain(name, args);
        const users = this.createUsers(name, args);
        const link = createVpcLink(name, args, { parent: this });
        const clientCertificate = this.createClientCertificate(name, args);
        const accountLogs = this.createLogRole(name, args);
        this.nodes = {
            domain,
            ...createWebAcl(name, webAcl, placement, transform, { parent: this }),
            ...link,
            clientCertificate,
            ...(users === undefined ? {} : { users }),
            ...(accountLogs === undefined ? {} : { accountLogs }),
        };
        this.domainName = domain.domainName.id;
        if (users !== undefined) {
            this.userPoolId = users.userPoolId;
            this.userPoolArn = users.userPoolArn;
        }
        this.clientIds = users?.clientIds ?? {};
        this.webAclArn = this.nodes.webAcl.arn;
        this.webAclMetrics = webAclMetrics(webAcl);
        this.vpcLinkId = link.vpcLink.id;
        this.vpcLinkSecurityGroupId = link.vpcLinkSecurityGroup.id;
        this.clientCertificateId = clientCertificate.id;
        this.clientCertificatePem = clientCertificate.pemEncodedCertificate;
        this.logsReady = accountLogs === undefined ? [] : [accountLogs.account];
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

    /**
     * Stands behind the edge of another stack, which exports its `handOver` as `apiHandOver`.
     *
     * @example
     * const edge = await ApiEdge.fromStack("edge", new pulumi.StackReference("organization/traffic/dev"));
     * new ExternalApi("loyalty", { edge, backend: edge.backend, service: "loyalty-service", contracts });
     */
    static async fromStack(
        name: string,
        reference: pulumi.StackReference,
        opts?: pulumi.ComponentResourceOptions,
    ): Promise<JoinedEdge> {
        const [given, stack] = await Promise.all([readEdge(reference), stackName(reference)]);
        return new JoinedEdge(name, given, stack, opts);
    }

    /** What other stacks need to publish APIs behind this edge: to be exported as `apiHandOver`. */
    handOver(behind: HandedOver): pulumi.Output<ApiHandOver> {
        return apiHandOverOf(this, behind);
    }

    private createDomain(name: string, { domain, placement, transform }: ApiEdgeArgs): EdgeDomainName {
        return new EdgeDomainName(
            `${name}-domain`,
            { ...domain, protect: placement.protect, transform },
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
            { prefix, signIn, clients, scopes, protect, transform },
            { parent: this },
        );
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

    private createLogRole(
        name: string,
        { manageAccountLogRole = true, placement, transform = {} }: ApiEdgeArgs,
    ): AccountLogs | undefined {
        return manageAccountLogRole
            ? createAccountLogs(name, placement, transform, { parent: this })
            : undefined;
    }
}
