import * as pulumi from "@pulumi/pulumi";
import { fingerprint, type Anchors } from "../anchors";
import type { DataPlaneName } from "../model/dataPlane";
import type { ForeignService } from "../model/mesh";
import type { Placement } from "../placement";
import { memberPath, type Mesh } from "./mesh";
import type { Proxy } from "./proxy";
import type { TelemetrySettings } from "./telemetry/telemetry";

/** Changes when what travels between stacks is no longer read by stacks that have not been deployed since. */
export const handOverFormat = 1;

/** Names of the stack outputs. */
export const meshOutputs = { handOver: "meshHandOver", contract: "meshContract" } as const;

/** What a stack tells callers in other stacks of its services. */
export interface MeshContract {
    readonly format: number;
    readonly trustDomain: string;
    readonly services: Readonly<Record<string, ForeignService>>;
}

/** A contract, and the stack that it was read from. */
export class ReadContract implements MeshContract {
    readonly format: number;
    readonly trustDomain: string;
    readonly services: MeshContract["services"];

    constructor(
        { format, services, trustDomain }: MeshContract,
        readonly stack: string,
    ) {
        this.format = format;
        this.trustDomain = trustDomain;
        this.services = services;
    }
}

/** A guest's certificate and key, by the names of the parameters that hold them. */
export interface GuestIdentity {
    readonly service: string;
    /** Most tasks for which the namespace has room. */
    readonly tasks: number;
    readonly certificateParameter: string;
    readonly privateKeyParameter: string;
    readonly validUntil: string;
}

/**
 * All that a stack needs to run services in another stack's mesh. It holds names and addresses, and no secret: keys are in
 * parameters that only a member's own tasks may read.
 */
export interface MeshHandOver extends MeshContract {
    readonly placement: Plain<Placement>;
    readonly network: { readonly vpcId: string; readonly privateSubnetIds: readonly string[] };
    readonly dataPlane: DataPlaneName;
    readonly proxy: Proxy;
    readonly telemetry?: TelemetrySettings;
    readonly trustParameter: string;
    readonly trustVersion: string;
    readonly clusterArn: string;
    readonly namespaceId: string;
    readonly securityGroupId: string;
    /** What a policy configuration that lets a stack join names (`base-stack-references`). */
    readonly fingerprint: string;
    /** By deployment. */
    readonly guests: Readonly<Record<string, GuestIdentity>>;
}

type Plain<T> = { readonly [key in keyof T]: pulumi.Unwrap<T[key]> };

export function handOverOf(
    mesh: Mesh,
    contract: MeshContract,
    guests: pulumi.Output<MeshHandOver["guests"]>,
): pulumi.Output<MeshHandOver> {
    const { dataPlane, network, placement, proxy, telemetry, trustParameter, trustVersion } = mesh;
    const { clusterArn, namespaceId, securityGroupId } = mesh;
    const anchors = pulumi
        .all([namespaceId, securityGroupId])
        .apply(([namespace, group]) =>
            meshAnchors(
                { trustDomain: contract.trustDomain, trustParameter },
                placement.prefix,
                namespace,
                group,
            ),
        );
    return pulumi.output({
        ...contract,
        placement,
        network: { vpcId: network.vpcId, privateSubnetIds: network.privateSubnetIds },
        dataPlane: dataPlane.name,
        proxy,
        ...(telemetry === undefined ? {} : { telemetry }),
        trustParameter,
        trustVersion,
        clusterArn,
        namespaceId,
        securityGroupId,
        fingerprint: anchors.apply(fingerprint),
        guests,
    });
}

/** What the policies must know for sure of a mesh that is joined; a member's parameters stand below `members`. */
export function meshAnchors(
    { trustDomain, trustParameter }: { readonly trustDomain: string; readonly trustParameter: string },
    prefix: string,
    namespaceId: string,
    securityGroupId: string,
): Anchors {
    return { trustDomain, trustParameter, members: memberPath(prefix, ""), namespaceId, securityGroupId };
}
