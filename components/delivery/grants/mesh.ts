import { arn, type Grant, type Scope } from "../scope";

const balancer = [
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:lb/listener:Listener",
    "aws:lb/targetGroup:TargetGroup",
];
const discovery = [
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
    "aws:servicediscovery/service:Service",
];
const scaling = ["aws:appautoscaling/target:Target", "aws:appautoscaling/policy:Policy"];
const task = ["aws:ecs/taskDefinition:TaskDefinition"];
const store = [
    "aws:elasticache/serverlessCache:ServerlessCache",
    "aws:elasticache/user:User",
    "aws:elasticache/userGroup:UserGroup",
];

/** Tasks, services, discovery and the ingress's load balancer. */
export function meshGrants(scope: Scope): readonly Grant[] {
    const { prefix } = scope;
    const ecs = (resource: string): string => arn(scope, "ecs", resource);
    const elb = (resource: string): string => arn(scope, "elasticloadbalancing", resource);
    const tags = ["ecs:TagResource", "ecs:UntagResource"];
    return [
        {
            types: ["aws:ecs/cluster:Cluster"],
            read: ["ecs:DescribeClusters", "ecs:ListTagsForResource"],
            write: [
                "ecs:CreateCluster",
                "ecs:DeleteCluster",
                "ecs:PutClusterCapacityProviders",
                "ecs:UpdateCluster",
                "ecs:UpdateClusterSettings",
                ...tags,
            ],
            on: [ecs(`cluster/${prefix}`)],
        },
        {
            types: ["aws:ecs/service:Service"],
            read: ["ecs:DescribeServices", "ecs:ListServiceDeployments", "ecs:ListTagsForResource"],
            write: ["ecs:CreateService", "ecs:DeleteService", "ecs:UpdateService", ...tags],
            on: [ecs(`service/${prefix}/*`)],
        },
        {
            types: task,
            read: ["ecs:ListTagsForResource"],
            write: ["ecs:RegisterTaskDefinition", ...tags],
            on: [ecs(`task-definition/${prefix}-*:*`)],
        },
        {
            types: task,
            read: ["ecs:DescribeTaskDefinition"],
            write: ["ecs:DeregisterTaskDefinition"],
            on: "everything",
        },
        { types: balancer, read: balancerReads, on: "everything" },
        {
            types: balancer,
            write: balancerWrites,
            on: [
                elb(`loadbalancer/net/${prefix}-*/*`),
                elb(`listener/net/${prefix}-*/*/*`),
                elb(`targetgroup/${prefix}-*/*`),
            ],
        },
        {
            types: discovery,
            read: [
                "servicediscovery:GetNamespace",
                "servicediscovery:GetOperation",
                "servicediscovery:GetService",
            ],
            write: discoveryWrites,
            on: [arn(scope, "servicediscovery", "namespace/*"), arn(scope, "servicediscovery", "service/*")],
        },
        {
            types: store,
            read: storeReads,
            write: storeWrites,
            on: ["serverlesscache", "user", "usergroup"].map((kind) =>
                arn(scope, "elasticache", `${kind}:${prefix}-*`),
            ),
        },
        {
            types: discovery,
            read: ["servicediscovery:ListTagsForResource"],
            write: [
                "route53:CreateHostedZone",
                "route53:ListHostedZonesByName",
                "servicediscovery:CreatePrivateDnsNamespace",
                "servicediscovery:TagResource",
                "servicediscovery:UntagResource",
            ],
            on: "everything",
        },
        {
            types: scaling,
            write: [
                "application-autoscaling:DeleteScalingPolicy",
                "application-autoscaling:DeregisterScalableTarget",
                "application-autoscaling:PutScalingPolicy",
                "application-autoscaling:RegisterScalableTarget",
                "application-autoscaling:TagResource",
                "application-autoscaling:UntagResource",
            ],
            read: ["application-autoscaling:ListTagsForResource"],
            on: [arn(scope, "application-autoscaling", "scalable-target/*")],
        },
        {
            types: scaling,
            read: [
                "application-autoscaling:DescribeScalableTargets",
                "application-autoscaling:DescribeScalingPolicies",
            ],
            on: "everything",
        },
    ];
}

const balancerReads = [
    "elasticloadbalancing:DescribeListenerAttributes",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeTags",
    "elasticloadbalancing:DescribeTargetGroupAttributes",
    "elasticloadbalancing:DescribeTargetGroups",
];
const balancerWrites = [
    "elasticloadbalancing:AddTags",
    "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:CreateLoadBalancer",
    "elasticloadbalancing:CreateTargetGroup",
    "elasticloadbalancing:DeleteListener",
    "elasticloadbalancing:DeleteLoadBalancer",
    "elasticloadbalancing:DeleteTargetGroup",
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:ModifyListenerAttributes",
    "elasticloadbalancing:ModifyLoadBalancerAttributes",
    "elasticloadbalancing:ModifyTargetGroup",
    "elasticloadbalancing:ModifyTargetGroupAttributes",
    "elasticloadbalancing:RemoveTags",
    "elasticloadbalancing:SetSecurityGroups",
    "elasticloadbalancing:SetSubnets",
];
const storeReads = [
    "elasticache:DescribeServerlessCaches",
    "elasticache:DescribeUserGroups",
    "elasticache:DescribeUsers",
    "elasticache:ListTagsForResource",
];
const storeWrites = [
    "elasticache:AddTagsToResource",
    "elasticache:CreateServerlessCache",
    "elasticache:CreateUser",
    "elasticache:CreateUserGroup",
    "elasticache:DeleteServerlessCache",
    "elasticache:DeleteUser",
    "elasticache:DeleteUserGroup",
    "elasticache:ModifyServerlessCache",
    "elasticache:ModifyUser",
    "elasticache:ModifyUserGroup",
    "elasticache:RemoveTagsFromResource",
];
const discoveryWrites = [
    "servicediscovery:CreateService",
    "servicediscovery:DeleteNamespace",
    "servicediscovery:DeleteService",
    "servicediscovery:UpdatePrivateDnsNamespace",
    "servicediscovery:UpdateService",
];
