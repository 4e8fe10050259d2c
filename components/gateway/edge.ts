import type * as pulumi from "@pulumi/pulumi";
import type { Placement } from "../placement";
import type { Authorizer } from "./openapi/authorizer";

/** What an API needs of the edge behind which it stands: one that this program makes (`ApiEdge`), or another stack's (`JoinedEdge`). */
export interface Edge {
    readonly placement: Placement;
    /** Host name of all APIs. */
    readonly host: string;
    /** Browser origins that may call the APIs. */
    readonly allowedOrigins: readonly string[];
    /** Names of the API consumers. */
    readonly consumers: readonly string[];
    /** The custom domain, as a resource: mappings must wait for it. */
    readonly domainName: pulumi.Output<string>;
    /** Who vouches for access tokens. */
    readonly authorizer: Authorizer;
    /** Absent where tokens come from an issuer of one's own. */
    readonly userPoolArn?: pulumi.Output<string>;
    readonly webAclArn: pulumi.Output<string>;
    readonly vpcLinkId: pulumi.Output<string>;
    readonly clientCertificateId: pulumi.Output<string>;
    /** What a stage with logs must wait for. */
    readonly logsReady: readonly pulumi.Resource[];
    /** Client to the id of a key that it has already, from the edge's own stack. @default none: plans make the keys */
    readonly apiKeyIds?: Readonly<Record<string, string>>;
}
