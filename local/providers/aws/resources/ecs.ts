/*
 * Replacements: ForceNew in hashicorp/terraform-provider-aws, internal/service/ecs/{cluster,service,task_definition}.go.
 * They agree with AWS's specification for CloudFormation (AWS::ECS::Service: Cluster, LaunchType, Role,
 * SchedulingStrategy, ServiceName replace; LoadBalancers, ServiceRegistries, NetworkConfiguration do not), except that
 * capacity providers of the provider's replace a service unless a new deployment is forced.
 */
import { asText, isList, isProps } from "../../rpc/values";
import type { Props } from "../../rpc/values";
import type { Problem, Table } from "../../table/emulation";
import type { Reading } from "../../table/reading";
import { BROKEN, parsedJson } from "../documents";
import { all, oneOf } from "../../table/limits";

/** ECS's limit for a whole task definition, in bytes. */
const TASK_DEFINITION_BYTES = 64 * 1024;

export const ecs: Table = {
    "aws:ecs/cluster:Cluster": {
        id: (r) => r.arn("ecs", `cluster/${r.text("name")}`),
        outputs: { arn: (r) => r.id, settings: () => [{ name: "containerInsights", value: "disabled" }] },
        autoname: { property: "name", maxLength: 255 },
        replaces: ["name"],
    },
    "aws:ecs/taskDefinition:TaskDefinition": {
        id: (r) => r.text("family"),
        outputs: {
            arn: (r) => r.kept("arn", () => `${familyArn(r)}:${revision(r)}`),
            arnWithoutRevision: familyArn,
            revision: (r) => r.kept("revision", () => revision(r)),
            networkMode: () => "bridge",
        },
        replaces: "all",
        updates: ["skipDestroy", "tags", "trackLatest"],
        check: all(containerProblems, fargateProblems),
    },
    "aws:ecs/service:Service": {
        id: (r) => r.arn("ecs", `service/${clusterName(r.text("cluster", "default"))}/${r.text("name")}`),
        outputs: {
            arn: (r) => r.id,
            availabilityZoneRebalancing: () => "ENABLED",
            cluster: (r) => r.arn("ecs", "cluster/default"),
            iamRole: (r) =>
                r.globalArn("iam", "role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"),
            launchType: () => "EC2",
            platformVersion: (r) => (r.text("launchType") === "FARGATE" ? "LATEST" : ""),
            triggers: () => ({}),
        },
        autoname: { property: "name", maxLength: 255 },
        defaults: { waitForSteadyState: false },
        replaces: ["cluster", "deploymentController", "iamRole", "launchType", "name", "schedulingStrategy"],
        replacesWhen: (_, after) => (after.forceNewDeployment === true ? [] : ["capacityProviderStrategies"]),
        check: oneOf("launchType", ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"]),
    },
};

function familyArn(reading: Reading): string {
    return reading.arn("ecs", `task-definition/${reading.text("family")}`);
}

/** Counts on for the family, also when an earlier revision is gone. */
function revision(reading: Reading): number {
    return reading.once("revision", () => reading.next("revisions", familyArn(reading)));
}

function clusterName(cluster: string): string {
    return cluster.split("/").at(-1) ?? cluster;
}

function containerProblems({ containerDefinitions: text }: Props): readonly Problem[] {
    const property = "containerDefinitions";
    const containers = parsedJson(text);
    if (containers === undefined) {
        return [];
    }
    if (
        containers === BROKEN ||
        !isList(containers) ||
        containers.length === 0 ||
        !containers.every(isProps)
    ) {
        return [
            { property, reason: `"${property}" is no list of containers; ECS wants a JSON array of objects` },
        ];
    }
    const bytes = Buffer.byteLength(asText(text));
    const incomplete = containers.flatMap((container, index) =>
        ["name", "image"]
            .filter((name) => typeof container[name] !== "string" || container[name] === "")
            .map((name) => ({ property, reason: `container ${index} of "${property}" has no "${name}"` })),
    );
    const names = containers.map(({ name }) => name);
    const twice = names.filter((name, index) => typeof name === "string" && names.indexOf(name) !== index);
    return [
        ...incomplete,
        ...twice.map((name) => ({
            property,
            reason: `"${property}" names two containers "${asText(name)}"`,
        })),
        ...(bytes > TASK_DEFINITION_BYTES
            ? [
                  {
                      property,
                      reason: `"${property}" has ${bytes} bytes; ECS takes at most ${TASK_DEFINITION_BYTES}`,
                  },
              ]
            : []),
    ];
}

/** ECS registers a Fargate task only with awsvpc networking and a size of the task as a whole. */
function fargateProblems(inputs: Props): readonly Problem[] {
    const fargate =
        isList(inputs.requiresCompatibilities) && inputs.requiresCompatibilities.includes("FARGATE");
    if (!fargate) {
        return [];
    }
    const sizes = ["cpu", "memory"].filter((name) => (inputs[name] ?? null) === null);
    const problems = sizes.map((property) => ({
        property,
        reason: `a FARGATE task definition needs "${property}"`,
    }));
    return (inputs.networkMode ?? null) === "awsvpc"
        ? problems
        : [
              ...problems,
              { property: "networkMode", reason: `a FARGATE task definition needs "networkMode": "awsvpc"` },
          ];
}
