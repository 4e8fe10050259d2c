import type * as pulumi from "@pulumi/pulumi";
import type { Placement } from "../placement";
import type { AppClient, ConsumerClient } from "./clients";
import type { ApiEdgeTransform } from "./edgeTransform";
import type { RequestLimits } from "./limits";
import type { SignIn } from "./signIn";

/** The hosted zone of the domain: one that exists, or a new one, which its parent zone must then delegate to. */
export type HostedZone =
    | {
          /** Id of a Route 53 zone that exists. */
          readonly id: string;
      }
    | {
          /** Makes the zone. */
          readonly create: true;
          /** The new zone's DNS name. */
          readonly name: string;
      };

export interface EdgeDomain {
    /** Host name of all APIs, for example `api.shop.example`. */
    readonly name: string;
    readonly zone: HostedZone;
    /** ARN of an ACM certificate in the stack's region. @default one is requested and validated through the zone */
    readonly certificateArn?: string;
}

export interface EdgeNetwork {
    /** VPC that the VPC link enters. */
    readonly vpcId: pulumi.Input<string>;
    /** Subnets of the VPC link, which cannot be changed later without replacing it. */
    readonly privateSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
}

export interface ApiEdgeArgs {
    readonly placement: Placement;
    /** Where the APIs are reached. */
    readonly domain: EdgeDomain;
    /** Where the VPC link ends. */
    readonly network: EdgeNetwork;
    readonly signIn: SignIn;
    /** ADR-003's client types: the web shop, the mobile app and the API consumers by name. */
    readonly clients: {
        readonly web: AppClient;
        readonly mobile: AppClient;
        /** @default none */
        readonly consumers?: Readonly<Record<string, ConsumerClient>>;
    };
    /** All scopes that the contracts declare, with what each allows (`scopesOf`). */
    readonly scopes: Readonly<Record<string, string>>;
    /** Browser origins that may call the APIs and read their refusals, for example `https://shop.example`. @default none */
    readonly allowedOrigins?: readonly string[];
    /** @default ADR-003: 1000 a minute per credential; 2000 a minute per address */
    readonly limits?: RequestLimits;
    /** Whether to set the region's one role for API Gateway's logs; false where another stack does. @default true */
    readonly manageAccountLogRole?: boolean;
    readonly transform?: ApiEdgeTransform;
}
