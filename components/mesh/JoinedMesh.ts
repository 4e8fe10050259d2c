import * as pulumi from "@pulumi/pulumi";
import { Issues, type Issue } from "../model/issues";
import { contractsOf, ingressName, type MeshServiceDefinition, type ResolvedMesh } from "../model/mesh";
import { lastPhase } from "../model/phase";
import { resolveMesh } from "../model/resolveMesh";
import { mostTasks } from "../model/scaling";
import type { Placement } from "../placement";
import { readOutput, stackName } from "../readOutput";
import { rejectIssues } from "../reject";
import { checkContracts, foreignServices, readContract, registeredContracts } from "./contracts";
import type { DataPlane } from "./dataPlane";
import { dataPlanes } from "./dataPlanes";
import { declaredGraph } from "./declaredGraph";
import { checkForeignCallersExist } from "./guests";
import {
    handOverFormat,
    meshAnchors,
    meshOutputs,
    type MeshContract,
    type MeshHandOver,
    ReadContract,
} from "./handOver";
import { memberPath, type Identity, type Mesh } from "./mesh";

export interface JoinedMeshArgs {
    /** The services that this stack deploys: guests of the mesh. */
    readonly services: Readonly<Record<string, MeshServiceDefinition>>;
    /** Stacks besides the mesh's own whose services these call. @default none */
    readonly contracts?: readonly pulumi.StackReference[];
}

/** What the stacks that are referred to say, read before the first resource is made. */
export interface ReadStacks {
    readonly stack: string;
    readonly handOver: MeshHandOver;
    readonly contracts: readonly ReadContract[];
}

/** Another stack's mesh, joined: it belongs to that stack, and this one deploys services into it. Made by `ServiceMesh.fromStack`. */
export class JoinedMesh extends pulumi.ComponentResource implements Mesh {
    readonly definition: ResolvedMesh;
    readonly dataPlane: DataPlane;
    readonly phase = lastPhase;
    readonly applicationPort = undefined;
    /** They are in the mesh's own stack. */
    readonly carriers = [];
    readonly placement: Placement;
    readonly network: Mesh["network"];
    readonly proxy: Mesh["proxy"];
    readonly telemetry: Mesh["telemetry"];
    readonly trustParameter: string;
    readonly trustVersion: pulumi.Output<string>;
    readonly clusterArn: pulumi.Output<string>;
    readonly namespaceId: pulumi.Output<string>;
    readonly securityGroupId: pulumi.Output<string>;
    /** What callers in other stacks must know of these services: to be exported as `meshContract`. */
    readonly contract: MeshContract;
    private readonly guests: MeshHandOver["guests"];
    private readonly stack: string;

    constructor(
        name: string,
        args: JoinedMeshArgs,
        read: ReadStacks,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("shop:mesh:JoinedMesh", name, {}, opts);
        const { contracts, handOver, stack } = read;
        const { trustDomain } = handOver;
        const { mesh, issues } = resolveMesh({
            trustDomain,
            services: args.services,
            foreign: foreignServices([handOver, ...contracts]),
        });
        rejectIssues("ServiceMesh.fromStack", name, [...issues, ...checkJoin(mesh, args, read)], this);
        const { network } = handOver;
        this.definition = mesh;
        this.dataPlane = dataPlanes[handOver.dataPlane];
        this.placement = handOver.placement;
        this.network = { vpcId: network.vpcId, privateSubnetIds: [...network.privateSubnetIds] };
        this.proxy = handOver.proxy;
        this.telemetry = handOver.telemetry;
        this.trustParameter = handOver.trustParameter;
        this.trustVersion = pulumi.output(handOver.trustVersion);
        this.clusterArn = pulumi.output(handOver.clusterArn);
        this.namespaceId = pulumi.output(handOver.namespaceId);
        this.securityGroupId = pulumi.output(handOver.securityGroupId);
        this.guests = handOver.guests;
        this.stack = stack;
        this.contract = { format: handOverFormat, trustDomain, services: contractsOf(mesh) };
        const { namespaceId, placement, securityGroupId, trustParameter } = handOver;
        this.registerOutputs({
            ...declaredGraph(mesh),
            contracts: registeredContracts([new ReadContract(handOver, stack), ...contracts]),
            stack,
            anchors: meshAnchors(
                { trustDomain, trustParameter },
                placement.prefix,
                namespaceId,
                securityGroupId,
            ),
        });
    }

    memberPath(member: string): string {
        return memberPath(this.placement.prefix, member);
    }

    /** The mesh's own stack has issued it: its authority's key stays there. */
    identify(member: string): Identity {
        return { validUntil: pulumi.output(this.guests[member]?.validUntil ?? ""), issuedBy: [] };
    }

    /** Its namespace belongs to the mesh's own stack, which keeps room for each guest. */
    takeRoom(member: string, tasks: number): readonly Issue[] {
        const { service = member, tasks: most = mostTasks } = this.guests[member] ?? {};
        const want = `at most ${most}: ${this.stack} keeps room for so many, as guests.${service}.tasks of its mesh says`;
        return tasks <= most ? [] : [{ path: "desiredCount", got: tasks, want }];
    }
}

/** Reads what the constructor needs; plain values, so that everything is checked before a child exists. */
export async function readStacks(
    reference: pulumi.StackReference,
    { contracts = [] }: JoinedMeshArgs,
): Promise<ReadStacks> {
    const [handOver, stack, ...others] = await Promise.all([
        readOutput<MeshHandOver>(reference, meshOutputs.handOver, {
            format: handOverFormat,
            wanted: [
                "trustDomain",
                "placement",
                "dataPlane",
                "network",
                "proxy",
                "guests",
                "services",
                "trustParameter",
            ],
        }),
        stackName(reference),
        ...contracts.map(readContract),
    ]);
    return { handOver, stack, contracts: others };
}

function checkJoin(
    mesh: ResolvedMesh,
    { services }: JoinedMeshArgs,
    { contracts, handOver, stack }: ReadStacks,
): readonly Issue[] {
    const issues = new Issues();
    const guests = Object.keys(handOver.guests);
    for (const [deployment, { name }] of mesh.deployments) {
        const isGuest = handOver.guests[deployment]?.service === name;
        const want = `a guest of the mesh, to which ${stack} has given an identity: ${guests.join(", ") || "there is none"}`;
        issues.require(isGuest, `services.${name}`, deployment, want);
    }
    issues.addAll(checkContracts(mesh.trustDomain, [handOver, ...contracts]));
    const known = [
        ingressName,
        ...Object.keys(handOver.services),
        ...Object.values(handOver.guests).map(({ service }) => service),
    ];
    const outside = [...new Set(known)].filter((member) => !mesh.services.has(member));
    issues.addAll(checkForeignCallersExist(services, outside));
    return issues.all;
}
