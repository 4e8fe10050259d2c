import type { Props } from "../../../../local/providers/rpc/values";

/** One compliant resource of each type, and the form of its physical id and ARN. */
export interface Minimal {
    readonly inputs: Props;
    readonly id: RegExp;
    /** Absent where the type has no ARN. */
    readonly arn?: RegExp;
}

const POLICY = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0";
const PRIVATE_CA =
    "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/0a1b2c3d-0000-4000-8000-0123456789ab";
/** Of CN=payment-service with the URI spiffe://shop.internal/payment-service; nobody has the key any more. */
const REQUEST = `-----BEGIN CERTIFICATE REQUEST-----
MIIBMDCB2AIBADAyMRYwFAYDVQQKDA1zaG9wLmludGVybmFsMRgwFgYDVQQDDA9w
YXltZW50LXNlcnZpY2UwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ2JL2OmFSh
CjjT4WMbukfKgyEbKh0vtms22tNvFrPNdq8ym6NhLda2sa93Gpgeidc/mmAJBN2t
YJSXtZ6ZUd6JoEQwQgYJKoZIhvcNAQkOMTUwMzAxBgNVHREEKjAohiZzcGlmZmU6
Ly9zaG9wLmludGVybmFsL3BheW1lbnQtc2VydmljZTAKBggqhkjOPQQDAgNHADBE
AiAq7cA7dsekqKo3/RkroZJo0a6z51bwMnQPbyBathrv5AIgX3e5KeRlT0ScMfvR
WD5H5kHEbT4zR71qO24nUni/gtA=
-----END CERTIFICATE REQUEST-----
`;
const BALANCER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/shop/0123456789abcdef";

/** A pattern for an ARN in the emulated account, given its service and what follows. */
function arn(service: string, resource: string): RegExp {
    return new RegExp(`^arn:aws:${service}:eu-west-1:123456789012:${resource}$`);
}

function gateway(path: string): RegExp {
    return new RegExp(`^arn:aws:apigateway:eu-west-1::${path}$`);
}

function ec2(prefix: string): RegExp {
    return new RegExp(`^${prefix}-0[0-9a-f]{16}$`);
}

const UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const rule = {
    securityGroupId: "sg-1",
    ipProtocol: "tcp",
    fromPort: 15443,
    toPort: 15443,
    cidrIpv4: "10.0.0.0/16",
};
const scaled = {
    resourceId: "service/shop/orders",
    scalableDimension: "ecs:service:DesiredCount",
    serviceNamespace: "ecs",
};

export const MINIMAL: Readonly<Record<string, Minimal>> = {
    "aws:acmpca/certificate:Certificate": {
        inputs: {
            certificateAuthorityArn: PRIVATE_CA,
            certificateSigningRequest: REQUEST,
            signingAlgorithm: "SHA256WITHECDSA",
            validity: { type: "DAYS", value: "30" },
        },
        id: arn("acm-pca", `certificate-authority/${UUID}/certificate/[0-9a-f]{32}`),
        arn: arn("acm-pca", `certificate-authority/${UUID}/certificate/[0-9a-f]{32}`),
    },
    "aws:acm/certificate:Certificate": {
        inputs: { domainName: "api.shop.example", validationMethod: "DNS" },
        id: arn("acm", `certificate/${UUID}`),
        arn: arn("acm", `certificate/${UUID}`),
    },
    "aws:acm/certificateValidation:CertificateValidation": {
        inputs: { certificateArn: CERTIFICATE },
        id: /^0001-01-01 00:00:00 \+0000 UTC$/,
    },
    "aws:apigateway/account:Account": { inputs: {}, id: /^123456789012$/ },
    "aws:apigateway/apiKey:ApiKey": {
        inputs: {},
        id: /^[a-z0-9]{10}$/,
        arn: gateway("/apikeys/[a-z0-9]{10}"),
    },
    "aws:apigateway/basePathMapping:BasePathMapping": {
        inputs: { domainName: "api.shop.example", restApi: "abc", basePath: "orders" },
        id: /^api\.shop\.example\/orders$/,
    },
    "aws:apigateway/clientCertificate:ClientCertificate": {
        inputs: {},
        id: /^[a-z0-9]{6}$/,
        arn: gateway("/clientcertificates/[a-z0-9]{6}"),
    },
    "aws:apigateway/deployment:Deployment": { inputs: { restApi: "abc" }, id: /^[a-z0-9]{6}$/ },
    "aws:apigateway/domainName:DomainName": {
        inputs: { domainName: "api.shop.example", regionalCertificateArn: CERTIFICATE },
        id: /^api\.shop\.example$/,
        arn: gateway("/domainnames/api\\.shop\\.example"),
    },
    "aws:apigateway/methodSettings:MethodSettings": {
        inputs: { restApi: "abc", stageName: "v1", methodPath: "*/*", settings: { metricsEnabled: true } },
        id: /^abc-v1-\*\/\*$/,
    },
    "aws:apigateway/response:Response": {
        inputs: { restApiId: "abc", responseType: "THROTTLED" },
        id: /^aggr-abc-THROTTLED$/,
    },
    "aws:apigateway/restApi:RestApi": {
        inputs: {},
        id: /^[a-z0-9]{10}$/,
        arn: gateway("/restapis/[a-z0-9]{10}"),
    },
    "aws:apigateway/stage:Stage": {
        inputs: { restApi: "abc", deployment: "def", stageName: "v1" },
        id: /^ags-abc-v1$/,
        arn: gateway("/restapis/abc/stages/v1"),
    },
    "aws:apigateway/usagePlan:UsagePlan": {
        inputs: {},
        id: /^[a-z0-9]{6}$/,
        arn: gateway("/usageplans/[a-z0-9]{6}"),
    },
    "aws:apigateway/usagePlanKey:UsagePlanKey": {
        inputs: { keyId: "key", keyType: "API_KEY", usagePlanId: "plan" },
        id: /^key$/,
    },
    "aws:apigatewayv2/apiMapping:ApiMapping": {
        inputs: { apiId: "abc", domainName: "api.shop.example", stage: "v1", apiMappingKey: "orders/v1" },
        id: /^[a-z0-9]{6}$/,
    },
    "aws:apigatewayv2/vpcLink:VpcLink": {
        inputs: { securityGroupIds: ["sg-1"], subnetIds: ["subnet-1"] },
        id: /^[a-z0-9]{6}$/,
        arn: gateway("/vpclinks/[a-z0-9]{6}"),
    },
    "aws:appautoscaling/policy:Policy": {
        inputs: scaled,
        id: /^it-[0-9a-f]{7}$/,
        arn: arn(
            "autoscaling",
            `scalingPolicy:${UUID}:resource/ecs/service/shop/orders:policyName/it-[0-9a-f]{7}`,
        ),
    },
    "aws:appautoscaling/target:Target": {
        inputs: { ...scaled, minCapacity: 2, maxCapacity: 4 },
        id: /^service\/shop\/orders$/,
        arn: arn("application-autoscaling", "scalable-target/[0-9a-f]{32}"),
    },
    "aws:appmesh/gatewayRoute:GatewayRoute": {
        inputs: {
            meshName: "shop",
            virtualGatewayName: "ingress",
            spec: {
                httpRoute: {
                    match: { prefix: "/orders" },
                    action: { target: { virtualService: { virtualServiceName: "orders.shop.internal" } } },
                },
            },
        },
        id: new RegExp(`^${UUID}$`),
        arn: arn("appmesh", "mesh/shop/virtualGateway/ingress/gatewayRoute/it-[0-9a-f]{7}"),
    },
    "aws:appmesh/mesh:Mesh": {
        inputs: {},
        id: /^it-[0-9a-f]{7}$/,
        arn: arn("appmesh", "mesh/it-[0-9a-f]{7}"),
    },
    "aws:appmesh/route:Route": {
        inputs: {
            meshName: "shop",
            virtualRouterName: "orders",
            spec: {
                httpRoute: {
                    match: { prefix: "/" },
                    action: { weightedTargets: [{ virtualNode: "orders", weight: 1 }] },
                },
            },
        },
        id: new RegExp(`^${UUID}$`),
        arn: arn("appmesh", "mesh/shop/virtualRouter/orders/route/it-[0-9a-f]{7}"),
    },
    "aws:appmesh/virtualGateway:VirtualGateway": {
        inputs: { meshName: "shop", spec: { listeners: [{ portMapping: { port: 1, protocol: "http" } }] } },
        id: new RegExp(`^${UUID}$`),
        arn: arn("appmesh", "mesh/shop/virtualGateway/it-[0-9a-f]{7}"),
    },
    "aws:appmesh/virtualNode:VirtualNode": {
        inputs: { meshName: "shop", spec: {} },
        id: new RegExp(`^${UUID}$`),
        arn: arn("appmesh", "mesh/shop/virtualNode/it-[0-9a-f]{7}"),
    },
    "aws:appmesh/virtualRouter:VirtualRouter": {
        inputs: { meshName: "shop", spec: {} },
        id: new RegExp(`^${UUID}$`),
        arn: arn("appmesh", "mesh/shop/virtualRouter/it-[0-9a-f]{7}"),
    },
    "aws:appmesh/virtualService:VirtualService": {
        inputs: { meshName: "shop", spec: {} },
        id: new RegExp(`^${UUID}$`),
        arn: arn("appmesh", "mesh/shop/virtualService/it-[0-9a-f]{7}"),
    },
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
        inputs: { alarmName: "shop", alarmRule: 'ALARM("slow")' },
        id: /^shop$/,
        arn: arn("cloudwatch", "alarm:shop"),
    },
    "aws:cloudwatch/dashboard:Dashboard": {
        inputs: { dashboardName: "shop", dashboardBody: '{"widgets":[]}' },
        id: /^shop$/,
    },
    "aws:cloudwatch/logGroup:LogGroup": {
        inputs: {},
        id: /^it-[0-9a-f]{7}$/,
        arn: arn("logs", "log-group:it-[0-9a-f]{7}"),
    },
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
        inputs: {
            logGroupName: "/shop",
            pattern: "",
            metricTransformation: { name: "lines", namespace: "shop", value: "1" },
        },
        id: /^it-[0-9a-f]{7}$/,
    },
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
        inputs: { policyName: "waf", policyDocument: POLICY },
        id: /^waf$/,
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        inputs: { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1 },
        id: /^it-[0-9a-f]{7}$/,
        arn: arn("cloudwatch", "alarm:it-[0-9a-f]{7}"),
    },
    "aws:cloudwatch/queryDefinition:QueryDefinition": {
        inputs: { queryString: "fields @message" },
        id: new RegExp(`^${UUID}$`),
        arn: arn("logs", `query-definition:${UUID}`),
    },
    "aws:cognito/resourceServer:ResourceServer": {
        inputs: {
            identifier: "orders",
            userPoolId: "pool",
            scopes: [{ scopeName: "read", scopeDescription: "x" }],
        },
        id: /^pool\|orders$/,
    },
    "aws:cognito/userPool:UserPool": {
        inputs: {},
        id: /^eu-west-1_[A-Za-z0-9]{9}$/,
        arn: arn("cognito-idp", "userpool/eu-west-1_[A-Za-z0-9]{9}"),
    },
    "aws:cognito/userPoolClient:UserPoolClient": { inputs: { userPoolId: "pool" }, id: /^[a-z0-9]{26}$/ },
    "aws:cognito/userPoolDomain:UserPoolDomain": {
        inputs: { userPoolId: "pool", domain: "shop" },
        id: /^shop$/,
    },
    "aws:ec2/eip:Eip": {
        inputs: {},
        id: ec2("eipalloc"),
        arn: arn("ec2", "elastic-ip/eipalloc-0[0-9a-f]{16}"),
    },
    "aws:ec2/internetGateway:InternetGateway": {
        inputs: {},
        id: ec2("igw"),
        arn: arn("ec2", "internet-gateway/igw-0[0-9a-f]{16}"),
    },
    "aws:ec2/natGateway:NatGateway": { inputs: { subnetId: "subnet-1" }, id: ec2("nat") },
    "aws:ec2/route:Route": {
        inputs: { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" },
        id: /^r-rtb-1\d+$/,
    },
    "aws:ec2/routeTable:RouteTable": {
        inputs: { vpcId: "vpc-1" },
        id: ec2("rtb"),
        arn: arn("ec2", "route-table/rtb-0[0-9a-f]{16}"),
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
        inputs: { routeTableId: "rtb-1", subnetId: "subnet-1" },
        id: ec2("rtbassoc"),
    },
    "aws:ec2/securityGroup:SecurityGroup": {
        inputs: { vpcId: "vpc-1" },
        id: ec2("sg"),
        arn: arn("ec2", "security-group/sg-0[0-9a-f]{16}"),
    },
    "aws:ec2/subnet:Subnet": {
        inputs: { vpcId: "vpc-1", cidrBlock: "10.0.0.0/19" },
        id: ec2("subnet"),
        arn: arn("ec2", "subnet/subnet-0[0-9a-f]{16}"),
    },
    "aws:ec2/vpc:Vpc": {
        inputs: { cidrBlock: "10.0.0.0/16" },
        id: ec2("vpc"),
        arn: arn("ec2", "vpc/vpc-0[0-9a-f]{16}"),
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        inputs: { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.s3" },
        id: ec2("vpce"),
        arn: arn("ec2", "vpc-endpoint/vpce-0[0-9a-f]{16}"),
    },
    "aws:ecs/cluster:Cluster": {
        inputs: {},
        id: arn("ecs", "cluster/it-[0-9a-f]{7}"),
        arn: arn("ecs", "cluster/it-[0-9a-f]{7}"),
    },
    "aws:ecs/service:Service": {
        inputs: { cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/shop", taskDefinition: "orders:1" },
        id: arn("ecs", "service/shop/it-[0-9a-f]{7}"),
        arn: arn("ecs", "service/shop/it-[0-9a-f]{7}"),
    },
    "aws:ecs/taskDefinition:TaskDefinition": {
        inputs: { family: "orders", containerDefinitions: '[{"name":"app","image":"shop/orders:1.0.0"}]' },
        id: /^orders$/,
        arn: arn("ecs", "task-definition/orders:\\d+"),
    },
    "aws:elasticache/serverlessCache:ServerlessCache": {
        inputs: { name: "shop-limits", engine: "valkey", subnetIds: ["subnet-1", "subnet-2"] },
        id: /^shop-limits$/,
        arn: arn("elasticache", "serverlesscache:shop-limits"),
    },
    "aws:elasticache/user:User": {
        inputs: {
            userId: "shop-limits",
            userName: "limiter",
            engine: "valkey",
            accessString: "on ~ingress_* -@all +incrby",
            authenticationMode: { type: "password", passwords: ["0123456789abcdef"] },
        },
        id: /^shop-limits$/,
        arn: arn("elasticache", "user:shop-limits"),
    },
    "aws:elasticache/userGroup:UserGroup": {
        inputs: { userGroupId: "shop-limits", engine: "valkey", userIds: ["shop-limits"] },
        id: /^shop-limits$/,
        arn: arn("elasticache", "usergroup:shop-limits"),
    },
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
        inputs: { url: "https://issuer.example", clientIdLists: ["audience"] },
        id: /^arn:aws:iam::123456789012:oidc-provider\/issuer\.example$/,
        arn: /^arn:aws:iam::123456789012:oidc-provider\/issuer\.example$/,
    },
    "aws:iam/policy:Policy": {
        inputs: { policy: POLICY },
        id: /^arn:aws:iam::123456789012:policy\/it-[0-9a-f]{7}$/,
        arn: /^arn:aws:iam::123456789012:policy\/it-[0-9a-f]{7}$/,
    },
    "aws:iam/role:Role": {
        inputs: { assumeRolePolicy: POLICY },
        id: /^it-[0-9a-f]{7}$/,
        arn: /^arn:aws:iam::123456789012:role\/it-[0-9a-f]{7}$/,
    },
    "aws:iam/rolePolicy:RolePolicy": {
        inputs: { policy: POLICY, role: "task" },
        id: /^task:it-[0-9a-f]{7}$/,
    },
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
        inputs: { policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess", role: "task" },
        id: /^task-\d+$/,
    },
    "aws:kms/alias:Alias": {
        inputs: { targetKeyId: "1234" },
        id: /^alias\/it-[0-9a-f]{7}$/,
        arn: arn("kms", "alias/it-[0-9a-f]{7}"),
    },
    "aws:kms/key:Key": { inputs: {}, id: new RegExp(`^${UUID}$`), arn: arn("kms", `key/${UUID}`) },
    "aws:lb/listener:Listener": {
        inputs: {
            loadBalancerArn: BALANCER,
            port: 443,
            protocol: "TCP",
            defaultActions: [{ type: "forward" }],
        },
        id: arn("elasticloadbalancing", "listener/net/shop/0123456789abcdef/[0-9a-f]{16}"),
        arn: arn("elasticloadbalancing", "listener/net/shop/0123456789abcdef/[0-9a-f]{16}"),
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        inputs: { loadBalancerType: "network", internal: true },
        id: arn("elasticloadbalancing", "loadbalancer/net/it-[0-9a-f]{7}/[0-9a-f]{16}"),
        arn: arn("elasticloadbalancing", "loadbalancer/net/it-[0-9a-f]{7}/[0-9a-f]{16}"),
    },
    "aws:lb/targetGroup:TargetGroup": {
        inputs: { port: 15443, protocol: "TCP", targetType: "ip", vpcId: "vpc-1" },
        id: arn("elasticloadbalancing", "targetgroup/it-[0-9a-f]{7}/[0-9a-f]{16}"),
        arn: arn("elasticloadbalancing", "targetgroup/it-[0-9a-f]{7}/[0-9a-f]{16}"),
    },
    "aws:route53/record:Record": {
        inputs: { zoneId: "Z1", name: "api.shop.example", type: "A", ttl: 60, records: ["203.0.113.1"] },
        id: /^Z1_api\.shop\.example_A$/,
    },
    "aws:route53/zone:Zone": {
        inputs: { name: "shop.example" },
        id: /^Z[A-Z2-7]{20}$/,
        arn: /^arn:aws:route53:::hostedzone\/Z[A-Z2-7]{20}$/,
    },
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": {
        inputs: { name: "shop.internal", vpc: "vpc-1" },
        id: /^ns-[a-z0-9]{16}$/,
        arn: arn("servicediscovery", "namespace/ns-[a-z0-9]{16}"),
    },
    "aws:servicediscovery/service:Service": {
        inputs: { dnsConfig: { namespaceId: "ns-1", dnsRecords: [{ type: "A", ttl: 10 }] } },
        id: /^srv-[a-z0-9]{16}$/,
        arn: arn("servicediscovery", "service/srv-[a-z0-9]{16}"),
    },
    "aws:sns/topic:Topic": {
        inputs: {},
        id: arn("sns", "it-[0-9a-f]{7}"),
        arn: arn("sns", "it-[0-9a-f]{7}"),
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        inputs: {
            topic: "arn:aws:sns:eu-west-1:123456789012:shop",
            protocol: "email",
            endpoint: "a@shop.example",
        },
        id: /^arn:aws:sns:eu-west-1:123456789012:shop:[0-9a-f-]{36}$/,
        arn: /^arn:aws:sns:eu-west-1:123456789012:shop:[0-9a-f-]{36}$/,
    },
    "aws:ssm/parameter:Parameter": {
        inputs: { name: "/shop/orders/key", type: "SecureString", value: "secret" },
        id: /^\/shop\/orders\/key$/,
        arn: arn("ssm", "parameter/shop/orders/key"),
    },
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
        inputs: rule,
        id: ec2("sgr"),
        arn: arn("ec2", "security-group-rule/sgr-0[0-9a-f]{16}"),
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
        inputs: rule,
        id: ec2("sgr"),
        arn: arn("ec2", "security-group-rule/sgr-0[0-9a-f]{16}"),
    },
    "aws:wafv2/ipSet:IpSet": {
        inputs: { ipAddressVersion: "IPV4", scope: "REGIONAL" },
        id: new RegExp(`^${UUID}$`),
        arn: arn("wafv2", `regional/ipset/it-[0-9a-f]{7}/${UUID}`),
    },
    "aws:wafv2/webAcl:WebAcl": {
        inputs: {
            scope: "REGIONAL",
            defaultAction: { allow: {} },
            visibilityConfig: {
                cloudwatchMetricsEnabled: true,
                metricName: "shop",
                sampledRequestsEnabled: false,
            },
        },
        id: new RegExp(`^${UUID}$`),
        arn: arn("wafv2", `regional/webacl/it-[0-9a-f]{7}/${UUID}`),
    },
    "aws:wafv2/webAclAssociation:WebAclAssociation": {
        inputs: {
            resourceArn: "arn:aws:apigateway:eu-west-1::/restapis/abc/stages/v1",
            webAclArn: "arn:acl",
        },
        id: /^arn:acl,arn:aws:apigateway:eu-west-1::\/restapis\/abc\/stages\/v1$/,
    },
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
        inputs: {
            resourceArn: "arn:acl",
            logDestinationConfigs: ["arn:aws:logs:eu-west-1:123456789012:log-group:aws-waf-logs-shop"],
        },
        id: /^arn:acl$/,
    },
    "aws:xray/group:Group": {
        inputs: { groupName: "shop", filterExpression: "fault" },
        id: arn("xray", "group/shop/[0-9A-F]{26}"),
        arn: arn("xray", "group/shop/[0-9A-F]{26}"),
    },
    "aws:xray/samplingRule:SamplingRule": {
        inputs: {
            ruleName: "shop",
            fixedRate: 0.05,
            host: "*",
            httpMethod: "*",
            priority: 100,
            reservoirSize: 1,
            resourceArn: "*",
            serviceName: "*",
            serviceType: "*",
            urlPath: "*",
            version: 1,
        },
        id: /^shop$/,
        arn: arn("xray", "sampling-rule/shop"),
    },
};
