import type * as ecs from "@pulumi/aws/ecs";
import type * as pulumi from "@pulumi/pulumi";
import type { MemberTask } from "./MemberTask";
import type { Mesh } from "./mesh";

export interface FargateServiceSpec {
    readonly name: string;
    readonly mesh: Mesh;
    readonly task: MemberTask;
    readonly desiredCount: number;
    readonly securityGroupIds: readonly pulumi.Input<string>[];
    /** How traffic finds the tasks. */
    readonly attachment: Pick<
        ecs.ServiceArgs,
        "serviceRegistries" | "loadBalancers" | "healthCheckGracePeriodSeconds"
    >;
}

/**
 * A Fargate service without a public address that replaces tasks without a gap and rolls a failed deployment back.
 * A renewed certificate is a trigger, and so is another set of trusted authorities: tasks read both when they start.
 */
export function fargateService(spec: FargateServiceSpec): ecs.ServiceArgs {
    const { name, mesh, task, desiredCount, securityGroupIds, attachment } = spec;
    return {
        name,
        cluster: mesh.clusterArn,
        launchType: "FARGATE",
        platformVersion: "1.4.0",
        taskDefinition: task.taskDefinition.arn,
        desiredCount,
        availabilityZoneRebalancing: "ENABLED",
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        enableExecuteCommand: false,
        enableEcsManagedTags: true,
        propagateTags: "SERVICE",
        networkConfiguration: {
            subnets: mesh.network.privateSubnetIds,
            securityGroups: [...securityGroupIds],
            assignPublicIp: false,
        },
        forceNewDeployment: true,
        triggers:
            task.identity === undefined
                ? {}
                : {
                      certificateValidUntil: task.identity.validUntil,
                      trustedAuthorities: mesh.trustVersion,
                  },
        waitForSteadyState: true,
        ...attachment,
    };
}
