import * as ecs from "@pulumi/aws/ecs";
import * as servicediscovery from "@pulumi/aws/servicediscovery";
import * as pulumi from "@pulumi/pulumi";
import type { PolicyStatement } from "../iam";
import type { Issue } from "../model/issues";
import { callersOf, ingressName } from "../model/mesh";
import { awsQuotas } from "../model/quotas";
import { rejectIssues } from "../reject";
import { transformed, type Transform } from "../transform";
import { timing } from "./timing";
import { fargateService } from "./fargateService";
import { memberSecrets } from "./memberSecrets";
import { checkRolePolicies, logGroupName, MemberTask, type MemberTaskTransform } from "./MemberTask";
import { attachmentOf, type PlainTarget } from "./plainTarget";
import { resolveApplication, type ApplicationArgs, type ResolvedApplication } from "./resolveService";
import { createScaling } from "./serviceScaling";
import type { Mesh } from "./mesh";

export interface MeshedServiceArgs extends ApplicationArgs {
    readonly mesh: Mesh;
    /** What the application may do in AWS. @default nothing */
    readonly taskRoleStatements?: readonly PolicyStatement[];
    /** Further security groups of the tasks, for what they reach besides the mesh; none may let anything in. @default none */
    readonly securityGroupIds?: readonly pulumi.Input<string>[];
    /** Where requests of API Gateway reach the application itself, before they go through the ingress. @default nowhere */
    readonly plainTarget?: PlainTarget;
    /** What must be there before its tasks change. @default nothing */
    readonly deployAfter?: readonly pulumi.Resource[];
    readonly transform?: MeshedServiceTransform;
}

export interface MeshedServiceTransform extends MemberTaskTransform {
    readonly discovery?: Transform<servicediscovery.ServiceArgs>;
    readonly service?: Transform<ecs.ServiceArgs>;
}

/**
 * A service of the mesh: its application, an Envoy sidecar generated from the call graph, and a name that callers find.
 * The component's name is the service's name in the mesh, or, for a version beside it, `<service>-<version>`.
 *
 * @example
 * new MeshedService("cart-service", { mesh, image: `${registry}/cart:1.4.2`, port: 8080 });
 */
export class MeshedService extends pulumi.ComponentResource {
    /** Children, for what this component has no argument for. */
    readonly nodes: {
        readonly task: MemberTask;
        readonly discovery: servicediscovery.Service;
        readonly service: ecs.Service;
    };
    /** Name in the mesh's namespace, where only members reach it. */
    readonly host: string;
    readonly taskRoleArn: pulumi.Output<string>;

    constructor(name: string, args: MeshedServiceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:mesh:MeshedService", name, {}, opts);
        const { mesh } = args;
        const application = resolveApplication(name, args, {
            mesh: mesh.definition,
            dataPlane: mesh.dataPlane,
            prefix: mesh.placement.prefix,
            phase: mesh.phase,
            proxy: mesh.proxy,
            ...(mesh.telemetry === undefined ? {} : { telemetry: mesh.telemetry }),
            logs: { group: logGroupName(mesh.placement.prefix, name), region: mesh.placement.region },
            secrets: memberSecrets(mesh, name),
        });
        const issues = [...this.issuesOf(name, args, application), ...checkPlain(name, args)];
        rejectIssues("MeshedService", name, issues, this);
        const task = this.createTask(name, args, application);
        const discovery = this.createDiscovery(name, args);
        const service = this.createService(name, args, application, task, discovery);
        this.nodes = { task, discovery, service };
        this.host = `${name}.${mesh.definition.trustDomain}`;
        this.taskRoleArn = task.taskRole.arn;
        const definition = mesh.definition.deployments.get(name);
        const callers = definition === undefined ? [] : callersOf(mesh.definition, definition.name);
        this.registerOutputs({
            service: definition?.name ?? name,
            host: this.host,
            calls: definition?.calls ?? [],
            callers: callers.map((caller) => caller.name),
            containerDefinitions: application.containerDefinitions,
            taskRoleArn: this.taskRoleArn,
        });
    }

    /** What an application is not, and what AWS has no room for. */
    private issuesOf(
        name: string,
        args: MeshedServiceArgs,
        { desiredCount, issues, scaling, secrets }: ResolvedApplication,
    ): readonly Issue[] {
        const { mesh, plainTarget, securityGroupIds = [], taskRoleStatements = [] } = args;
        if (issues.length > 0) {
            return issues;
        }
        const tasks = scaling?.maximum ?? desiredCount;
        const images = imagesOf(args);
        return [
            ...mesh.takeRoom(name, tasks),
            ...(plainTarget?.room?.take(tasks) ?? []),
            ...checkGroups(securityGroupIds),
            ...checkRolePolicies({ mesh, member: name, images, secrets, taskRoleStatements }),
        ];
    }

    private createTask(name: string, args: MeshedServiceArgs, application: ResolvedApplication): MemberTask {
        return new MemberTask(
            name,
            {
                mesh: args.mesh,
                member: name,
                size: application.size,
                architecture: application.architecture,
                containerDefinitions: application.containerDefinitions,
                images: imagesOf(args),
                secrets: application.secrets,
                taskRoleStatements: args.taskRoleStatements ?? [],
                ...(args.transform === undefined ? {} : { transform: args.transform }),
            },
            { parent: this },
        );
    }

    /** Answers with the addresses of running tasks; ECS registers and removes them. */
    private createDiscovery(name: string, { mesh, transform }: MeshedServiceArgs): servicediscovery.Service {
        return new servicediscovery.Service(
            name,
            transformed(
                {
                    name,
                    description: `Tasks of ${name}`,
                    dnsConfig: {
                        namespaceId: mesh.namespaceId,
                        routingPolicy: "MULTIVALUE",
                        dnsRecords: [{ type: "A", ttl: timing.dnsSeconds }],
                    },
                    healthCheckCustomConfig: { failureThreshold: 1 },
                },
                transform?.discovery,
            ),
            { parent: this },
        );
    }

    private createService(
        name: string,
        { mesh, port, plainTarget, deployAfter = [], securityGroupIds = [], transform }: MeshedServiceArgs,
        { desiredCount, scaling }: ResolvedApplication,
        task: MemberTask,
        discovery: servicediscovery.Service,
    ): ecs.Service {
        const service = new ecs.Service(
            name,
            transformed(
                fargateService({
                    name,
                    mesh,
                    task,
                    desiredCount,
                    securityGroupIds: [mesh.securityGroupId, ...securityGroupIds],
                    attachment: {
                        serviceRegistries: { registryArn: discovery.arn },
                        ...attachmentOf(plainTarget, port),
                    },
                }),
                transform?.service,
            ),
            // From the first deploy on the number of tasks is scaling's.
            {
                parent: this,
                dependsOn: [...deployAfter],
                ignoreChanges: scaling === undefined ? [] : ["desiredCount"],
            },
        );
        if (scaling !== undefined) {
            const { clusterArn, telemetry } = mesh;
            const metricsNamespace = telemetry?.namespace;
            createScaling(
                name,
                { member: name, clusterArn, service, scaling, metricsNamespace },
                { parent: this },
            );
        }
        return service;
    }
}

/** Apart from the collector's. */
function imagesOf({ image, mesh }: MeshedServiceArgs): readonly string[] {
    return mesh.phase.proxies ? [image, mesh.proxy.image] : [image];
}

/** The mesh's own group is one of a task's. */
function checkGroups(more: readonly unknown[]): readonly Issue[] {
    const most = awsQuotas.groupsOfTask.value - 1;
    const want = `at most ${most}, because ECS takes ${most + 1} security groups of a task and one is the mesh's: put rules of several groups into one`;
    return more.length <= most ? [] : [{ path: "securityGroupIds", got: `${more.length} groups`, want }];
}

/** Callers in plain text do not know the port of each callee: it is one for all. What the ingress alone calls is never called so. */
function checkPlain(name: string, { mesh, plainTarget, port }: MeshedServiceArgs): readonly Issue[] {
    const { applicationPort, definition, phase } = mesh;
    const service = definition.deployments.get(name);
    const callers = service === undefined ? [] : callersOf(definition, service.name);
    const isAmongServices =
        (service?.calls.length ?? 0) > 0 || callers.some((caller) => caller.name !== ingressName);
    const isPlain = plainTarget !== undefined || (phase.calls === "plain text" && isAmongServices);
    return !isPlain || applicationPort === port
        ? []
        : [{ path: "port", got: port, want: `${String(applicationPort)}, the migration's applicationPort` }];
}
