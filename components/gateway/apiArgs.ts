import type * as apigateway from "@pulumi/aws/apigateway";
import type * as apigatewayv2 from "@pulumi/aws/apigatewayv2";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as wafv2 from "@pulumi/aws/wafv2";
import type * as pulumi from "@pulumi/pulumi";
import type { Transform } from "../transform";
import type { Edge } from "./edge";
import type { Deprecation } from "./openapi/deprecation";
import type { PublicOperations } from "./openapi/publicOperations";
import type { ContractSource } from "./openapi/source";

/** A contract by its file, or as text with a name for messages. */
export type ContractArgs =
    | {
          /** Path of an OpenAPI 3.0 document, from the current directory. */
          readonly file: string;
      }
    | ContractSource;

/** One version of an API. */
export type VersionArgs = ContractArgs & {
    /** How a newer version serves this one, by its file or as text. @default every operation has this version's own backend */
    readonly translation?: ContractArgs;
    /** @default none: the version is here to stay */
    readonly deprecation?: Deprecation;
};

/** Where the API's requests go: the way into the mesh. */
export interface ApiBackend {
    /** Load balancer behind the VPC link. */
    readonly loadBalancerArn: pulumi.Input<string>;
    /** Name in the backend's certificate. */
    readonly serverName: string;
    /** Whether API Gateway verifies the certificate's authority; only AWS's trusted public ones can be. */
    readonly verifyServerCertificate: boolean;
    /** Port on which the load balancer passes plain text on, for a backend that is not in the mesh yet. @default none: TLS */
    readonly plainPort?: number;
    /** What must be there before the API sends requests. @default nothing */
    readonly ready?: readonly pulumi.Resource[];
    /** Which service the backend hands each API to, where it says so: an API that it does not know would answer 404 only. @default not checked */
    readonly routes?: readonly { readonly api: string; readonly service: string }[];
}

/** Requests a second over all callers of a stage; a token bucket. Source: API Gateway, "Throttle requests to your REST APIs". */
export interface StageThrottle {
    /** Refill of the bucket. */
    readonly ratePerSecond: number;
    /** Size of the bucket, in requests. */
    readonly burst: number;
}

export interface ExternalApiArgs {
    readonly edge: Edge;
    readonly backend: ApiBackend;
    /** First segment of the public path. @default the component's name */
    readonly api?: string;
    /** The mesh's service behind the API. */
    readonly service: string;
    /** Version, such as `v1`, to its contract, and how it is served. */
    readonly contracts: Readonly<Record<string, VersionArgs>>;
    /** Browser origins that may call, of those that the edge allows. @default all of the edge's */
    readonly allowedOrigins?: readonly string[];
    /** Operations that do without token or key, each with the reason. @default none */
    readonly publicOperations?: PublicOperations;
    /** @default 500 a second, burst 1000 */
    readonly throttle?: StageThrottle;
    /** Seconds after which the gateway gives up on the backend; below its own 29. @default 28 */
    readonly timeoutSeconds?: number;
    readonly transform?: ExternalApiTransform;
}

/** One key for each child; applied to every version. */
export interface ExternalApiTransform {
    readonly restApi?: Transform<apigateway.RestApiArgs>;
    readonly deployment?: Transform<apigateway.DeploymentArgs>;
    readonly accessLogs?: Transform<cloudwatch.LogGroupArgs>;
    readonly executionLogs?: Transform<cloudwatch.LogGroupArgs>;
    readonly stage?: Transform<apigateway.StageArgs>;
    readonly methodSettings?: Transform<apigateway.MethodSettingsArgs>;
    readonly webAclAssociation?: Transform<wafv2.WebAclAssociationArgs>;
    readonly apiMapping?: Transform<apigatewayv2.ApiMappingArgs>;
}
