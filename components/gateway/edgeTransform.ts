import type * as apigateway from "@pulumi/aws/apigateway";
import type * as apigatewayv2 from "@pulumi/aws/apigatewayv2";
import type * as ec2 from "@pulumi/aws/ec2";
import type { Transform } from "../transform";
import type { AccountLogsTransform } from "./accountLogs";
import type { EdgeDomainTransform } from "./EdgeDomainName";
import type { UserDirectoryTransform } from "./UserDirectory";
import type { WebAclTransform } from "./webAclChildren";

/** One key for each child of an edge, also of the components within it; where there are several of a kind, applied to each. */
export interface ApiEdgeTransform
    extends EdgeDomainTransform, UserDirectoryTransform, WebAclTransform, AccountLogsTransform {
    readonly vpcLink?: Transform<apigatewayv2.VpcLinkArgs>;
    readonly vpcLinkSecurityGroup?: Transform<ec2.SecurityGroupArgs>;
    readonly clientCertificate?: Transform<apigateway.ClientCertificateArgs>;
}
