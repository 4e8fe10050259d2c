import * as ecs from "@pulumi/aws/ecs";
import * as servicediscovery from "@pulumi/aws/servicediscovery";
import * as pulumi from "@pulumi/pulumi";
import type { Accepts } from "../model/access";
import { checkAuthorities, resolveAuthorities, type AuthorityArgs } from "../model/authority";
import { checkCapabilities, type Capability } from "../model/capabilities";
import { dataPlaneNames, type DataPlaneName } from "../model/dataPlane";
import { Issues, wantOneOf, type Issue } from "../model/issues";
import { callersOf, type MeshDefinition, type ResolvedMesh } from "../model/mesh";
import { checkMigration, resolvePhase, type Migration, type Phase } from "../model/phase";
import { resolveMesh } from "../model/resolveMesh";
import { describeNamespace, refuseUnsafeStep } from "./namespacePhase";
import type { Placement } from "../placement";
import { rejectIssues } from "../reject";
import type { DataPlane } from "./dataPlane";
import { dataPlanes } from "./dataPlanes";
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
}

const defaultLifetime: CertificateLifetime = { validityHours: 30 * 24, renewalHours: 15 * 24 };

/**
 * What all members share: the call graph, the certificate authority, the namespace, the security group and the cluster.
 * Services and the ingress join it by taking it as an argument.
 */
export class ServiceMesh extends pulumi.ComponentResource {
    /** The call graph with all defaults: plain data. */
    readonly definition: ResolvedMesh;
    readonly dataPlane: DataPlane;
    readonly givesUp: readonly Capability[];
    /** What the data plane makes for the mesh: members wait for it. */
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
    /** Name of the parameter with the certificates that members trust. */
    readonly trustParameter: string;
    readonly clusterArn: pulumi.Output<string>;
    readonly namespaceId: pulumi.Output<string>;
    readonly securityGroupId: pulumi.Output<string>;

    constructor(name: string, args: ServiceMeshArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:mesh:ServiceMesh", name, {}, opts);
        const { mesh, issues } = resolveMesh(args);
        rejectIssues(
            "ServiceMesh",
            name,
            [...issues, ...checkProxy(args.proxy), ...checkMembers(args), ...checkDataPlane(args, mesh)],
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
        this.registerOutputs({
            phase: this.phase.number,
            calls: this.phase.calls,
            trustDomain: mesh.trustDomain,
            dataPlane: this.dataPlane.name,
            givesUp: this.givesUp,
            callers: callGraph(this.definition),
            deployments: servicesByDeployment(this.definition),
            accepts: narrowedCallers(this.definition),
            clusterArn: this.clusterArn,
            namespaceId: this.namespaceId,
            securityGroupId: this.securityGroupId,
        });
    }

    /** Beginning of the names of a member's parameters. */
    memberPath(member: string): string {
        return `/${this.placement.prefix}/mesh/${member}`;
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

function checkMembers(args: ServiceMeshArgs): readonly Issue[] {
    const { certificates, certificateAuthority, migration, placement, telemetry } = args;
    const issues = new Issues();
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

/** Each service with the callers that it lets in. */
function callGraph(mesh: ResolvedMesh): Record<string, readonly string[]> {
    const entries = [...mesh.services.keys()].map((service) => [
        service,
        callersOf(mesh, service).map(({ name }) => name),
    ]);
    return Object.fromEntries(entries) as Record<string, readonly string[]>;
}

/** Each deployment with its service: a version's tasks have their service's identity. */
function servicesByDeployment({ deployments }: ResolvedMesh): Record<string, string> {
    return Object.fromEntries([...deployments].map(([deployment, { name }]) => [deployment, name]));
}

/** Services that let a caller ask for some requests only, with what it may ask for. */
function narrowedCallers({ services }: ResolvedMesh): Record<string, Accepts> {
    const narrowing = [...services.values()].filter(({ accepts }) => Object.keys(accepts).length > 0);
    return Object.fromEntries(narrowing.map(({ name, accepts }) => [name, accepts]));
}
