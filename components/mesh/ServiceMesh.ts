import * as ecs from "@pulumi/aws/ecs";
import * as servicediscovery from "@pulumi/aws/servicediscovery";
import * as pulumi from "@pulumi/pulumi";
import { checkAuthorities, resolveAuthorities, type AuthorityArgs } from "../model/authority";
import { checkCapabilities, type Capability } from "../model/capabilities";
import { dataPlaneNames, type DataPlaneName } from "../model/dataPlane";
import { Issues, wantOneOf, type Issue } from "../model/issues";
import { contractsOf, ingressName, type MeshDefinition, type ResolvedMesh } from "../model/mesh";
import { checkMeshSize, defaultQuotas, type MeshQuotas } from "../model/meshSize";
import { checkMigration, resolvePhase, type Migration, type Phase } from "../model/phase";
import { awsQuotas } from "../model/quotas";
import { resolveMesh } from "../model/resolveMesh";
import { describeNamespace, refuseUnsafeStep } from "./namespacePhase";
import type { Placement } from "../placement";
import { rejectIssues } from "../reject";
import { checkContracts, foreignServices, registeredContracts } from "./contracts";
import type { DataPlane } from "./dataPlane";
import { dataPlanes } from "./dataPlanes";
import { declaredGraph } from "./declaredGraph";
import {
    checkForeignCallersExist,
    checkGuests,
    guestDeployments,
    guestTasks,
    tasksOfGuests,
    type Guests,
} from "./guests";
import {
    handOverFormat,
    handOverOf,
    type MeshContract,
    type MeshHandOver,
    type ReadContract,
} from "./handOver";
import { JoinedMesh, readStacks, type JoinedMeshArgs } from "./JoinedMesh";
import { identityParameters, MemberIdentity } from "./MemberIdentity";
import { memberPath, type Identity, type Mesh } from "./mesh";
import { checkProxy, resolveProxy, type Proxy, type ProxyArgs } from "./proxy";
import { checkLifetime, type CertificateLifetime } from "./memberCertificate";
import { MeshAuthority } from "./MeshAuthority";
import {
    checkTelemetry,
    resolveTelemetry,
    type TelemetryArgs,
    type TelemetrySettings,
} from "./telemetry/telemetry";
import { createMembersGroup, type MeshNetwork } from "./meshSecurity";
import { addressesOf, TaskRoom } from "./taskRoom";

export interface ServiceMeshArgs extends MeshDefinition {
    readonly placement: Placement;
    /** Where the members run. */
    readonly network: MeshNetwork;
    readonly proxy: ProxyArgs;
    /** What carries the traffic between members: docs/data-planes.md. @default "envoy" */
    readonly dataPlane?: DataPlaneName;
    /** What the data plane cannot hold and this mesh does without, each by name: said again in every run. @default nothing */
    readonly givesUp?: readonly Capability[];
    /** The collector beside every proxy: traces and metrics. @default none; access logs are written all the same */
    readonly telemetry?: TelemetryArgs;
    /** ARN of an ECS cluster to run in. @default a cluster of the mesh's own */
    readonly clusterArn?: pulumi.Input<string>;
    /** @default 30 days, renewed 15 days before the end */
    readonly certificates?: CertificateLifetime;
    /** Who signs members' certificates; for a rotation, from whom to whom and how far it is. @default an authority of the stack's own */
    readonly certificateAuthority?: AuthorityArgs;
    /** How far the way into the mesh is, where services were there before it. @default at its end */
    readonly migration?: Migration;
    /** What AWS lets the account have of what grows with the mesh. @default AWS's own defaults */
    readonly quotas?: MeshQuotas;
    /** Services that other stacks deploy into this mesh: it gives each an identity. @default none */
    readonly guests?: Guests;
    /** What other stacks say of the services that these call, or that stand behind an API: read with `readContract`. @default none */
    readonly contracts?: readonly ReadContract[];
}

const defaultLifetime: CertificateLifetime = { validityHours: 30 * 24, renewalHours: 15 * 24 };

/**
 * What all members share: the call graph, the certificate authority, the namespace, the security group and the cluster.
 * Services and the ingress join it by taking it as an argument.
 */
export class ServiceMesh extends pulumi.ComponentResource implements Mesh {
    readonly definition: ResolvedMesh;
    readonly dataPlane: DataPlane;
    readonly givesUp: readonly Capability[];
    readonly carriers: readonly pulumi.Resource[];
    readonly phase: Phase;
    /** Where applications are called in plain text, in a phase that has such calls. */
    readonly applicationPort: number | undefined;
    readonly placement: Placement;
    readonly network: MeshNetwork;
    readonly proxy: Proxy;
    /** Absent too while tasks have no proxies. */
    readonly telemetry: TelemetrySettings | undefined;
    readonly certificates: CertificateLifetime;
    readonly authority: MeshAuthority;
    readonly trustParameter: string;
    readonly trustVersion: pulumi.Output<string>;
    readonly clusterArn: pulumi.Output<string>;
    readonly namespaceId: pulumi.Output<string>;
    readonly securityGroupId: pulumi.Output<string>;
    /** What callers in other stacks must know of these services: to be exported as `meshContract`. */
    readonly contract: MeshContract;
    /** What other stacks need to deploy guests: to be exported as `meshHandOver`. */
    readonly handOver: pulumi.Output<MeshHandOver>;
    private readonly room: TaskRoom;

    /**
     * Joins the mesh of another stack, which exports its `handOver` as `meshHandOver`.
     *
     * @example
     * const platform = new pulumi.StackReference("organization/traffic/dev");
     * const mesh = await ServiceMesh.fromStack("mesh", platform, {
     *     services: { "loyalty-service": { localPort: 9201, calls: ["user-service"] } },
     * });
     */
    static async fromStack(
        name: string,
        reference: pulumi.StackReference,
        args: JoinedMeshArgs,
        opts?: pulumi.ComponentResourceOptions,
    ): Promise<JoinedMesh> {
        return new JoinedMesh(name, args, await readStacks(reference, args), opts);
    }

    constructor(name: string, args: ServiceMeshArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:mesh:ServiceMesh", name, {}, opts);
        const { contracts = [] } = args;
        const { mesh, issues } = resolveMesh({ ...args, foreign: foreignServices(contracts) });
        rejectIssues(
            "ServiceMesh",
            name,
            [
                ...issues,
                ...checkProxy(args.proxy),
                ...checkMembers(args, mesh),
                ...checkDataPlane(args, mesh),
            ],
            this,
        );
        this.dataPlane = dataPlanes[args.dataPlane ?? "envoy"];
        this.givesUp = args.givesUp ?? [];
        this.definition = this.dataPlane.carried(mesh);
        this.sayWhatIsGivenUp();
        this.phase = resolvePhase(args.migration);
        this.applicationPort = args.migration?.applicationPort;
        this.placement = args.placement;
        this.network = args.network;
        this.proxy = resolveProxy(args.proxy);
        this.telemetry =
            args.telemetry === undefined || this.givesUp.includes("telemetry") || !this.phase.proxies
                ? undefined
                : resolveTelemetry(args.telemetry, args.placement.prefix);
        this.certificates = args.certificates ?? defaultLifetime;
        this.trustParameter = `${this.memberPath("trust")}/certificates`;
        this.authority = new MeshAuthority(
            `${name}-authority`,
            {
                trustDomain: mesh.trustDomain,
                authorities: resolveAuthorities(args.certificateAuthority),
                trustParameter: this.trustParameter,
                protect: args.placement.protect,
            },
            { parent: this },
        );
        this.namespaceId = this.createNamespace(name).id;
        const { memberPort } = this.dataPlane;
        const openPort = this.phase.proxies ? memberPort : undefined;
        this.securityGroupId = createMembersGroup(name, args.network, openPort, { parent: this }).id;
        this.clusterArn =
            args.clusterArn === undefined ? this.createCluster(name).arn : pulumi.output(args.clusterArn);
        this.carriers = this.dataPlane.createMesh(name, this.definition, args.placement, { parent: this });
        this.room = namespaceRoom(args);
        this.trustVersion = this.authority.trustVersion;
        this.contract = {
            format: handOverFormat,
            trustDomain: mesh.trustDomain,
            services: contractsOf(this.definition),
        };
        this.handOver = handOverOf(this, this.contract, this.identifyGuests(name, args.guests ?? {}));
        this.registerOutputs({
            phase: this.phase.number,
            calls: this.phase.calls,
            ...declaredGraph(this.definition),
            dataPlane: this.dataPlane.name,
            givesUp: this.givesUp,
            contracts: registeredContracts(contracts),
            clusterArn: this.clusterArn,
            namespaceId: this.namespaceId,
            securityGroupId: this.securityGroupId,
        });
    }

    memberPath(member: string): string {
        return memberPath(this.placement.prefix, member);
    }

    identify(member: string, name: string, parent: pulumi.Resource): Identity {
        const service = this.definition.deployments.get(member)?.name ?? member;
        return this.createIdentity(member, service, name, parent);
    }

    takeRoom(_member: string, tasks: number): readonly Issue[] {
        return this.room.take(tasks);
    }

    private createIdentity(member: string, service: string, name: string, parent: pulumi.Resource): Identity {
        const { partition, kmsKeyArn } = this.placement;
        const identity = new MemberIdentity(
            name,
            {
                member,
                service,
                trustDomain: this.definition.trustDomain,
                authority: this.authority,
                lifetime: this.certificates,
                partition,
                parameterPath: this.memberPath(member),
                kmsKeyArn,
            },
            { parent },
        );
        return { validUntil: identity.validUntil, issuedBy: [identity] };
    }

    private identifyGuests(name: string, guests: Guests): pulumi.Output<MeshHandOver["guests"]> {
        const identities = [...guestDeployments(guests)].map(([member, service]) => {
            const { validUntil } = this.createIdentity(member, service, `${name}-guest-${member}`, this);
            const names = identityParameters(this.memberPath(member));
            const { certificate: certificateParameter, privateKey: privateKeyParameter } = names;
            const tasks = guestTasks(guests[service]);
            return [
                member,
                { service, tasks, certificateParameter, privateKeyParameter, validUntil },
            ] as const;
        });
        return pulumi.output(Object.fromEntries(identities));
    }

    /** In every run. Under Pulumi's mocks, which have no engine, nobody would read it. */
    private sayWhatIsGivenUp(): void {
        if (this.givesUp.length > 0 && pulumi.runtime.getEngine() !== undefined) {
            const message = `data plane "${this.dataPlane.name}", without ${this.givesUp.join(", ")}: docs/data-planes.md`;
            pulumi.log.warn(message, this).catch(() => undefined);
        }
    }

    private createNamespace(name: string): servicediscovery.PrivateDnsNamespace {
        return new servicediscovery.PrivateDnsNamespace(
            name,
            {
                name: this.definition.trustDomain,
                description: describeNamespace(this.placement.prefix, this.phase),
                vpc: this.network.vpcId,
            },
            { parent: this, hooks: refuseUnsafeStep(`${name}-phase`, this.placement.protect) },
        );
    }

    private createCluster(name: string): ecs.Cluster {
        return new ecs.Cluster(
            `${name}-cluster`,
            {
                name: this.placement.prefix,
                settings: [{ name: "containerInsights", value: "enhanced" }],
            },
            { parent: this },
        );
    }
}

/** What guests are kept room for is not for others. */
function namespaceRoom({ guests = {}, quotas, trustDomain }: ServiceMeshArgs): TaskRoom {
    const { instances } = { ...defaultQuotas, ...quotas };
    return new TaskRoom({
        what: `the namespace ${trustDomain}, besides its guests,`,
        addresses: instances - addressesOf(tasksOfGuests(guests)),
        source: `${awsQuotas.instances.source}, "${awsQuotas.instances.name}"`,
        otherwise: "quotas.instances of the mesh once AWS has granted more",
    });
}

/** A mesh that is itself wrong is told so first. */
function checkDataPlane(args: ServiceMeshArgs, mesh: ResolvedMesh): readonly Issue[] {
    const { dataPlane: named = "envoy", givesUp = [], proxy, telemetry } = args;
    if (!dataPlaneNames.includes(named)) {
        return [{ path: "dataPlane", got: named, want: wantOneOf(dataPlaneNames) }];
    }
    const dataPlane = dataPlanes[named];
    const asked = { mesh, telemetry: telemetry !== undefined };
    return [
        ...checkCapabilities(dataPlane, asked, givesUp),
        ...dataPlane.checkMesh(mesh, proxy, resolvePhase(args.migration)),
    ];
}

function checkMembers(args: ServiceMeshArgs, mesh: ResolvedMesh): readonly Issue[] {
    const {
        certificates,
        certificateAuthority,
        guests = {},
        migration,
        placement,
        services,
        telemetry,
    } = args;
    const issues = new Issues();
    issues.addAll(checkGuests(guests, mesh), "guests");
    const members = [ingressName, ...mesh.deployments.keys(), ...guestDeployments(guests).keys()];
    issues.addAll(checkMeshSize(members, args.quotas));
    const { instances } = { ...defaultQuotas, ...args.quotas };
    const kept = addressesOf(tasksOfGuests(guests));
    const wantTasks = `guests whose tasks, twice while they are deployed, are at most quotas.instances, ${instances}: fewer guests[].tasks`;
    issues.require(kept <= instances, "guests", `${kept} instances`, wantTasks);
    issues.addAll(checkForeignCallersExist(services, Object.keys(guests)));
    issues.addAll(checkContracts(mesh.trustDomain, args.contracts ?? []));
    const shared = Object.keys(guests).length > 0 || (args.contracts ?? []).length > 0;
    const { dataPlane = "envoy" } = args;
    issues.require(
        !shared || dataPlane === "envoy",
        "dataPlane",
        dataPlane,
        '"envoy" for a mesh with guests or contracts: other stacks\' services have proxies of it',
    );
    issues.require(
        !shared || migration === undefined,
        "migration",
        migration?.phase,
        "nothing for a mesh with guests or contracts: other stacks' services join at its end",
    );
    if (telemetry !== undefined) {
        issues.addAll(checkTelemetry(telemetry, placement.prefix), "telemetry");
    }
    if (certificateAuthority !== undefined) {
        issues.addAll(checkAuthorities(certificateAuthority, placement.region), "certificateAuthority");
    }
    if (certificates !== undefined) {
        issues.addAll(checkLifetime(certificates), "certificates");
    }
    if (migration !== undefined) {
        issues.addAll(checkMigration(migration), "migration");
    }
    return issues.all;
}
