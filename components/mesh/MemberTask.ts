import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { assumableBy, checkPolicySize, openDocument, policyDocument, type PolicyStatement } from "../iam";
import type { TaskSize } from "../model/fargate";
import { ecrRepositories } from "../model/images";
import type { Issue } from "../model/issues";
import { transformed, type Transform } from "../transform";
import { identityParameters } from "./MemberIdentity";
import type { Identity, Mesh } from "./mesh";
import { readSecrets, type SecretSource } from "./secretSources";
import type { TaskParts } from "./dataPlane";
import { traceStatements } from "./telemetry/collectorContainer";

export interface MemberTaskArgs {
    readonly mesh: Mesh;
    /** Name of the member: a service of the mesh, or the ingress. */
    readonly member: string;
    readonly size: TaskSize;
    readonly architecture: "X86_64" | "ARM64";
    /** JSON text of the container definitions: fully known at preview, so that policies can judge it. */
    readonly containerDefinitions: string;
    /** Images of the task, apart from the collector's: its execution role may pull these repositories and no others. */
    readonly images: readonly string[];
    /** Secrets besides the member's identity that the task starts with. */
    readonly secrets: readonly SecretSource[];
    /** What the application may do in AWS. @default nothing */
    readonly taskRoleStatements: readonly PolicyStatement[];
    readonly transform?: MemberTaskTransform;
}

export interface MemberTaskTransform {
    readonly logGroup?: Transform<cloudwatch.LogGroupArgs>;
    readonly executionRole?: Transform<iam.RoleArgs>;
    readonly taskRole?: Transform<iam.RoleArgs>;
    readonly taskDefinition?: Transform<ecs.TaskDefinitionArgs>;
}

/** Name of a member's log group, which its containers name. */
export function logGroupName(prefix: string, member: string): string {
    return `/${prefix}/mesh/${member}`;
}

/** What a task of the mesh needs besides its containers: an identity, roles of its own, a log group. */
export class MemberTask extends pulumi.ComponentResource {
    /** Name of the member. */
    readonly member: string;
    /** Absent while tasks have no proxy, which alone shows it. */
    readonly identity: Identity | undefined;
    readonly taskDefinition: ecs.TaskDefinition;
    readonly taskRole: iam.Role;
    readonly executionRole: iam.Role;
    readonly logGroup: cloudwatch.LogGroup;

    constructor(name: string, args: MemberTaskArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:mesh:MemberTask", name, {}, opts);
        const { mesh, member, transform = {} } = args;
        const { placement } = mesh;
        this.member = member;
        this.identity = mesh.phase.proxies ? mesh.identify(member, `${name}-identity`, this) : undefined;
        this.logGroup = new cloudwatch.LogGroup(
            `${name}-logs`,
            transformed(
                {
                    name: logGroupName(placement.prefix, member),
                    retentionInDays: placement.logRetentionDays,
                    kmsKeyId: placement.kmsKeyArn,
                },
                transform.logGroup,
            ),
            { parent: this },
        );
        this.executionRole = this.createRole(`${name}-execution`, args, transform.executionRole);
        const statements = executionStatements(args, this.logGroup.arn);
        const executionPolicy = this.createRolePolicy(`${name}-execution`, this.executionRole, statements);
        this.taskRole = this.createRole(`${name}-task`, args, transform.taskRole);
        const parts = mesh.dataPlane.taskOf(member, placement);
        const ofTask = taskStatements(args);
        if (ofTask.length > 0) {
            this.createRolePolicy(`${name}-task`, this.taskRole, ofTask);
        }
        this.taskDefinition = this.createTaskDefinition(name, args, executionPolicy, parts);
        this.registerOutputs({
            member,
            taskDefinitionArn: this.taskDefinition.arn,
            taskRoleArn: this.taskRole.arn,
            executionRoleArn: this.executionRole.arn,
            documents: {
                [`${name}-execution-policy`]: openDocument(statements),
                [`${name}-task-policy`]: openDocument(ofTask),
            },
        });
    }

    private createRole(
        name: string,
        { mesh }: MemberTaskArgs,
        transform?: Transform<iam.RoleArgs>,
    ): iam.Role {
        const { accountId, permissionsBoundaryArn } = mesh.placement;
        const boundary =
            permissionsBoundaryArn === undefined ? {} : { permissionsBoundary: permissionsBoundaryArn };
        return new iam.Role(
            name,
            transformed(
                { assumeRolePolicy: assumableBy("ecs-tasks.amazonaws.com", accountId), ...boundary },
                transform,
            ),
            { parent: this },
        );
    }

    private createRolePolicy(
        name: string,
        role: iam.Role,
        statements: readonly PolicyStatement[],
    ): iam.RolePolicy {
        return new iam.RolePolicy(
            `${name}-policy`,
            { role: role.id, policy: policyDocument(statements) },
            { parent: this },
        );
    }

    /** Depends on the execution role's policy: a task that starts before it cannot read its key. */
    private createTaskDefinition(
        name: string,
        args: MemberTaskArgs,
        policy: iam.RolePolicy,
        { proxyConfiguration }: TaskParts,
    ): ecs.TaskDefinition {
        const { mesh, member, size, architecture, containerDefinitions, transform } = args;
        return new ecs.TaskDefinition(
            name,
            transformed(
                {
                    family: `${mesh.placement.prefix}-${member}`,
                    requiresCompatibilities: ["FARGATE"],
                    networkMode: "awsvpc",
                    cpu: String(size.cpu),
                    memory: String(size.memory),
                    runtimePlatform: { cpuArchitecture: architecture, operatingSystemFamily: "LINUX" },
                    executionRoleArn: this.executionRole.arn,
                    taskRoleArn: this.taskRole.arn,
                    containerDefinitions,
                    ...(proxyConfiguration === undefined ? {} : { proxyConfiguration }),
                },
                transform?.taskDefinition,
            ),
            { parent: this, dependsOn: [policy, ...(this.identity?.issuedBy ?? []), ...mesh.carriers] },
        );
    }
}

/** What the collector beside the proxy does in AWS. */
function traces({ telemetry, placement }: Mesh): readonly PolicyStatement[] {
    return telemetry === undefined ? [] : traceStatements(placement.region);
}

type RoleArgs = Pick<MemberTaskArgs, "mesh" | "member" | "images" | "secrets" | "taskRoleStatements">;

/** What IAM would refuse only when it makes the roles, after other resources are made. */
export function checkRolePolicies(args: RoleArgs): readonly Issue[] {
    const logGroupArn = pulumi.output(logGroupName(args.mesh.placement.prefix, args.member));
    return [
        ...checkPolicySize(
            executionStatements(args, logGroupArn),
            "secrets",
            "put several values into one secret of Secrets Manager",
        ),
        ...checkPolicySize(
            taskStatements(args),
            "taskRoleStatements",
            "name what the resources have in common",
        ),
    ];
}

/** What application, proxy and collector do in AWS. */
function taskStatements({ member, mesh, taskRoleStatements }: RoleArgs): readonly PolicyStatement[] {
    const { statements } = mesh.dataPlane.taskOf(member, mesh.placement);
    return [...taskRoleStatements, ...statements, ...traces(mesh)];
}

/** What ECS needs to start the task: the member's own key and secrets, its images, its log group. */
function executionStatements(args: RoleArgs, logGroupArn: pulumi.Output<string>): readonly PolicyStatement[] {
    const { mesh, member, secrets } = args;
    const { certificate, privateKey } = identityParameters(mesh.memberPath(member));
    const names = mesh.phase.proxies ? [certificate, privateKey, mesh.trustParameter] : [];
    const identity = names.map((parameter) => ({ parameter }));
    return [
        ...readSecrets([...identity, ...secrets], mesh.placement),
        ...pullImages(args),
        {
            Sid: "WriteLogs",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${logGroupArn}:*`,
        },
    ];
}

/**
 * `ecr:GetAuthorizationToken` knows no resource (Service Authorization Reference, Amazon ECR), so it is held to one region;
 * without the second statement the token opens nothing.
 */
function pullImages({ mesh, images }: RoleArgs): readonly PolicyStatement[] {
    const { partition, region } = mesh.placement;
    const collector = mesh.telemetry === undefined ? [] : [mesh.telemetry.image];
    const repositories = ecrRepositories([...images, ...collector]);
    if (repositories.length === 0) {
        return [];
    }
    return [
        {
            Sid: "RegistryLogin",
            Action: ["ecr:GetAuthorizationToken"],
            Resource: "*",
            Condition: { StringEquals: { "aws:RequestedRegion": region } },
        },
        {
            Sid: "PullImages",
            Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            Resource: repositories.map(
                ({ accountId, region: home, name }) =>
                    pulumi.interpolate`arn:${partition}:ecr:${home}:${accountId}:repository/${name}`,
            ),
        },
    ];
}
