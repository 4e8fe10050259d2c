import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedMesh } from "../model/mesh";
import type { Issue } from "../model/issues";
import type { Phase } from "../model/phase";
import type { Placement } from "../placement";
import type { DataPlane } from "./dataPlane";
import type { MeshNetwork } from "./meshSecurity";
import type { Proxy } from "./proxy";
import type { TelemetrySettings } from "./telemetry/telemetry";

/** What a service needs of the mesh that it joins: one that this program makes (`ServiceMesh`), or another stack's (`JoinedMesh`). */
export interface Mesh {
    /** The call graph with all defaults: plain data. */
    readonly definition: ResolvedMesh;
    readonly dataPlane: DataPlane;
    readonly phase: Phase;
    /** Where applications are called in plain text, in a phase that has such calls. */
    readonly applicationPort: number | undefined;
    /** What the data plane makes for the mesh: members wait for it. */
    readonly carriers: readonly pulumi.Resource[];
    readonly placement: Placement;
    readonly network: Pick<MeshNetwork, "vpcId" | "privateSubnetIds">;
    readonly proxy: Proxy;
    readonly telemetry: TelemetrySettings | undefined;
    /** Name of the parameter with the certificates that members trust. */
    readonly trustParameter: string;
    /** Changes with the trusted certificates: members then start anew. */
    readonly trustVersion: pulumi.Output<string>;
    readonly clusterArn: pulumi.Output<string>;
    readonly namespaceId: pulumi.Output<string>;
    readonly securityGroupId: pulumi.Output<string>;
    /** Beginning of the names of a member's parameters. */
    memberPath(member: string): string;
    /** Sees to it that a member has its key and certificate. */
    identify(member: string, name: string, parent: pulumi.Resource): Identity;
    /** Takes room in the namespace for a member's tasks at their most; the issue of those that it has none for. */
    takeRoom(member: string, tasks: number): readonly Issue[];
}

/** A member's certificate, in the parameters below its path. */
export interface Identity {
    /** End of the certificate's life, RFC 3339: changes with each renewal, and the member then starts anew. */
    readonly validUntil: pulumi.Output<string>;
    /** What makes it, where this program does: tasks wait for it. */
    readonly issuedBy: readonly pulumi.Resource[];
}

/** Beginning of the names of a member's parameters, which are the same in every stack of a mesh. */
export function memberPath(prefix: string, member: string): string {
    return `/${prefix}/mesh/${member}`;
}
