import { addressesOf } from "../../components/mesh/taskRoom";
import { awsQuotas, type AwsQuota } from "../../components/model/quotas";
import { defaultFargateVcpu, fargateVcpu, type FargateDemand } from "../../components/model/fargateQuota";

/** A resource that a preview would make. */
export interface Planned {
    readonly type: string;
    /** URN of the component that it belongs to. */
    readonly parent: string;
    readonly inputs: Readonly<Record<string, unknown>>;
}

/** A quota of AWS's, for an account and region unless its name says otherwise. */
export interface Quota {
    readonly name: string;
    /** What an account has that has asked for nothing. */
    readonly standard: number;
    /** Page of AWS's documentation that states it. */
    readonly source: string;
    readonly need: (planned: readonly Planned[]) => number;
}

const REST = "API Gateway: quotas for REST APIs";
const REFERENCE = "AWS General Reference: endpoints and quotas";

const FARGATE = "Fargate On-Demand vCPU";

/** Setting under `traffic:quotas` to the name of the quota that it is of. */
export const settings = {
    fargateVcpu: FARGATE,
    roles: awsQuotas.roles.name,
    instances: awsQuotas.instances.name,
    alarms: awsQuotas.alarms.name,
} as const;

/** What the stack's resources count against. Whatever else runs in the account counts too. */
export const quotas: readonly Quota[] = [
    {
        name: FARGATE,
        standard: defaultFargateVcpu,
        source: `${REFERENCE}, Amazon ECS`,
        need: (planned) => fargateVcpu(demandsOf(planned)),
    },
    counted("Regional REST APIs", 600, REST, "aws:apigateway/restApi:RestApi"),
    counted("API keys", 10_000, REST, "aws:apigateway/apiKey:ApiKey"),
    counted("Usage plans", 300, REST, "aws:apigateway/usagePlan:UsagePlan"),
    counted("Client certificates", 60, REST, "aws:apigateway/clientCertificate:ClientCertificate"),
    counted("Custom domain names", 120, REST, "aws:apigateway/domainName:DomainName"),
    counted("Multi-level mappings of a domain", 200, REST, "aws:apigatewayv2/apiMapping:ApiMapping"),
    counted("VPC links V2", 10, "API Gateway: quotas for HTTP APIs", "aws:apigatewayv2/vpcLink:VpcLink"),
    counted("VPCs", 5, `${REFERENCE}, Amazon VPC`, "aws:ec2/vpc:Vpc", "awsx:ec2:Vpc"),
    {
        name: "Interface endpoints of a VPC",
        standard: 50,
        source: `${REFERENCE}, Amazon VPC`,
        need: (planned) =>
            endpoints(planned).filter(({ inputs }) => inputs.vpcEndpointType === "Interface").length,
    },
    {
        name: "Gateway endpoints",
        standard: 20,
        source: `${REFERENCE}, Amazon VPC`,
        need: (planned) =>
            endpoints(planned).filter(({ inputs }) => inputs.vpcEndpointType !== "Interface").length,
    },
    counted("Security groups", 2500, `${REFERENCE}, Amazon VPC`, "aws:ec2/securityGroup:SecurityGroup"),
    counted(
        "Network load balancers",
        50,
        "Network Load Balancers: quotas",
        "aws:lb/loadBalancer:LoadBalancer",
    ),
    of(awsQuotas.clusterServices, "aws:ecs/service:Service"),
    of(awsQuotas.scalableServices, "aws:appautoscaling/target:Target"),
    {
        ...named(awsQuotas.instances),
        need: (planned) =>
            services(planned)
                .filter(({ inputs }) => inputs.serviceRegistries !== undefined)
                .reduce((all, service) => all + addressesOf(largest(service, planned)), 0),
    },
    of(awsQuotas.listeners, "aws:lb/listener:Listener"),
    {
        ...named(awsQuotas.alarms),
        need: (planned) =>
            planned.filter(({ type }) => /^aws:cloudwatch\/(metric|composite)Alarm:/.test(type)).length,
    },
    counted(
        "Cloud Map namespaces",
        50,
        `${REFERENCE}, AWS Cloud Map`,
        "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
    ),
    counted(
        "Resource servers of a user pool",
        25,
        "Amazon Cognito: quotas",
        "aws:cognito/resourceServer:ResourceServer",
    ),
    counted("Web ACLs", 100, `${REFERENCE}, AWS WAF`, "aws:wafv2/webAcl:WebAcl"),
    of(awsQuotas.parameters, "aws:ssm/parameter:Parameter"),
    of(awsQuotas.roles, "aws:iam/role:Role"),
];

function named({ name, source, value }: AwsQuota): Omit<Quota, "need"> {
    return { name, standard: value, source };
}

/** What the program's own checks know too. */
function of(quota: AwsQuota, type: string): Quota {
    return counted(quota.name, quota.value, quota.source, type);
}

function counted(name: string, standard: number, source: string, ...types: readonly string[]): Quota {
    // A component of awsx and its child are one network: at most one of the types is counted.
    const need = (planned: readonly Planned[]): number =>
        Math.max(...types.map((type) => planned.filter((each) => each.type === type).length));
    return { name, standard, source, need };
}

function endpoints(planned: readonly Planned[]): readonly Planned[] {
    return planned.filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint");
}

function services(planned: readonly Planned[]): readonly Planned[] {
    return planned.filter(({ type }) => type === "aws:ecs/service:Service");
}

/** Each service at its largest, as the program's own check of this quota counts them. */
function demandsOf(planned: readonly Planned[]): readonly FargateDemand[] {
    return services(planned).map((service) => ({
        size: { cpu: Number(taskDefinitionOf(service.inputs, planned).cpu) },
        services: 1,
        tasks: largest(service, planned),
    }));
}

/** While the definition's ARN is unknown, its family says whose it is: it ends with the service's name. */
function taskDefinitionOf({ name }: Planned["inputs"], planned: readonly Planned[]): Planned["inputs"] {
    const found = planned.filter(
        ({ type, inputs }) =>
            type === "aws:ecs/taskDefinition:TaskDefinition" &&
            String(inputs.family).endsWith(`-${String(name)}`),
    );
    const [shortest] = found.sort((a, b) => String(a.inputs.family).length - String(b.inputs.family).length);
    if (shortest === undefined) {
        throw new Error(`no task definition has a family that ends with "${String(name)}"`);
    }
    return shortest.inputs;
}

/** The most tasks that scaling may start; the number of tasks where nothing scales. The target's own id is unknown before the cluster exists. */
function largest({ inputs, parent }: Planned, planned: readonly Planned[]): number {
    const limits = planned
        .filter((each) => each.type === "aws:appautoscaling/target:Target" && each.parent === parent)
        .map((target) => Number(target.inputs.maxCapacity));
    return Math.max(Number(inputs.desiredCount ?? 0), ...limits);
}
