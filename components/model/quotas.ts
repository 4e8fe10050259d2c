/** A limit of AWS's, with the page that states it. */
export interface AwsQuota {
    /** AWS's own name of it. */
    readonly name: string;
    /** What an account has that has asked for nothing. */
    readonly value: number;
    /** Title of the page; docs/limits.md has its address. */
    readonly source: string;
}

const ecs = "Amazon ECS developer guide: Amazon ECS service quotas";
const iam = "IAM user guide: IAM and AWS STS quotas";
const nlb = "Network Load Balancers: quotas";

/** What grows with services, tasks and APIs, and meets a limit some day: docs/limits.md says where each is met. */
export const awsQuotas = {
    alarms: {
        name: "Alarms of an account and region",
        value: 5000,
        source: "CloudWatch user guide: CloudWatch service quotas",
    },
    clusterServices: { name: "Services of an ECS cluster", value: 5000, source: ecs },
    groupsOfTask: { name: "Security groups of a task", value: 5, source: ecs },
    instances: {
        name: "Instances per namespace",
        value: 2000,
        source: "AWS Cloud Map developer guide: AWS Cloud Map service quotas",
    },
    listeners: { name: "Listeners per Network Load Balancer", value: 50, source: nlb },
    parameters: {
        name: "Standard parameters",
        value: 10_000,
        source: "Systems Manager user guide: managing parameter tiers",
    },
    policyCharacters: { name: "Characters of a role's inline policies", value: 10_240, source: iam },
    roles: { name: "Roles per account", value: 1000, source: iam },
    scalableServices: {
        name: "Scalable targets for ECS",
        value: 3000,
        source: "Application Auto Scaling user guide: quotas",
    },
    targets: {
        name: "Targets of a Network Load Balancer across zones",
        value: 500,
        source: nlb,
    },
} as const satisfies Record<string, AwsQuota>;
