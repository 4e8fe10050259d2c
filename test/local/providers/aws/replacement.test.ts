import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import { expect } from "chai";
import { awsTable } from "../../../../local/providers/aws/table";
import { describePackage } from "../../../../local/providers/schema/cache";
import type { PackageDescription } from "../../../../local/providers/schema/cache";
import { cacheFolder } from "../../../../local/providers/schema/folders";

/** CloudFormation's names where they do not follow from the token. */
const SERVICES: Readonly<Record<string, string>> = {
    acm: "CertificateManager",
    apigateway: "ApiGateway",
    apigatewayv2: "ApiGatewayV2",
    appautoscaling: "ApplicationAutoScaling",
    cloudwatch: "CloudWatch",
    cognito: "Cognito",
    lb: "ElasticLoadBalancingV2",
    route53: "Route53",
    servicediscovery: "ServiceDiscovery",
    vpc: "EC2",
    wafv2: "WAFv2",
    xray: "XRay",
};
const TYPES: Readonly<Record<string, string>> = {
    "aws:apigateway/response:Response": "AWS::ApiGateway::GatewayResponse",
    "aws:appautoscaling/policy:Policy": "AWS::ApplicationAutoScaling::ScalingPolicy",
    "aws:appautoscaling/target:Target": "AWS::ApplicationAutoScaling::ScalableTarget",
    "aws:cloudwatch/logGroup:LogGroup": "AWS::Logs::LogGroup",
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": "AWS::Logs::MetricFilter",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "AWS::Logs::ResourcePolicy",
    "aws:cloudwatch/metricAlarm:MetricAlarm": "AWS::CloudWatch::Alarm",
    "aws:cloudwatch/queryDefinition:QueryDefinition": "AWS::Logs::QueryDefinition",
    "aws:cognito/resourceServer:ResourceServer": "AWS::Cognito::UserPoolResourceServer",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "AWS::EC2::SubnetRouteTableAssociation",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "AWS::IAM::OIDCProvider",
    "aws:iam/policy:Policy": "AWS::IAM::ManagedPolicy",
    "aws:route53/record:Record": "AWS::Route53::RecordSet",
    "aws:route53/zone:Zone": "AWS::Route53::HostedZone",
    "aws:sns/topicSubscription:TopicSubscription": "AWS::SNS::Subscription",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "AWS::EC2::SecurityGroupEgress",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "AWS::EC2::SecurityGroupIngress",
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": "AWS::WAFv2::LoggingConfiguration",
};

/** Where the Terraform-based provider differs from CloudFormation: +replaces there, -updated in place there. */
const DIFFERENCES: Readonly<Record<string, readonly string[]>> = {
    "aws:apigateway/apiKey:ApiKey": ["-name"],
    "aws:apigateway/basePathMapping:BasePathMapping": ["-basePath"],
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": ["+actionsEnabled"],
    "aws:cloudwatch/logGroup:LogGroup": ["+logGroupClass"],
    "aws:cognito/userPool:UserPool": [
        "+aliasAttributes",
        "+name",
        "+usernameAttributes",
        "+usernameConfiguration",
    ],
    "aws:ec2/eip:Eip": ["+publicIpv4Pool"],
    "aws:ec2/routeTableAssociation:RouteTableAssociation": ["-routeTableId"],
    "aws:elasticache/user:User": ["-engine"],
    "aws:elasticache/userGroup:UserGroup": ["-engine"],
    "aws:kms/key:Key": ["+keyUsage", "+multiRegion"],
    "aws:route53/record:Record": ["+setIdentifier", "+type"],
    "aws:ssm/parameter:Parameter": ["+dataType"],
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [
        "-cidrIpv6",
        "-fromPort",
        "-ipProtocol",
        "-toPort",
    ],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
        "-cidrIpv6",
        "-fromPort",
        "-ipProtocol",
        "-toPort",
    ],
    "aws:wafv2/ipSet:IpSet": ["+ipAddressVersion"],
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["+logDestinationConfigs"],
    "aws:xray/group:Group": ["+groupName"],
    "aws:xray/samplingRule:SamplingRule": ["+ruleName"],
};

/** What Terraform makes up, so that CloudFormation does not describe it. */
const NOT_DESCRIBED = [
    "aws:acm/certificateValidation:CertificateValidation",
    "aws:apigateway/methodSettings:MethodSettings",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
];

describe("the inputs that replace a resource", () => {
    const specification = loadAwsServiceSpecSync();
    let description: PackageDescription;
    before(async () => {
        description = await describePackage("@pulumi/aws", Object.keys(awsTable), cacheFolder());
    });

    for (const [token, emulation] of Object.entries(awsTable)) {
        it(`of ${token} are those of AWS's own specification, but for known differences`, () => {
            const described = propertiesOf(token);
            expect(described === undefined).to.equal(NOT_DESCRIBED.includes(token));
            const inputs = Object.keys(description.resources[token]?.inputs ?? {});
            const differences = inputs.flatMap((name) => {
                const replaces = described?.get(name.toLowerCase());
                const emulated =
                    emulation.replaces === "all"
                        ? !(emulation.updates ?? []).includes(name)
                        : emulation.replaces.includes(name);
                return replaces === undefined || replaces === emulated
                    ? []
                    : [`${emulated ? "+" : "-"}${name}`];
            });
            expect(differences).to.deep.equal(DIFFERENCES[token] ?? []);
        });
    }

    /** Whether each property replaces the resource, by the names that an input for it may have. */
    function propertiesOf(token: string): Map<string, boolean> | undefined {
        const [, service = "", type = ""] = /^aws:(\w+)\/\w+:(\w+)$/.exec(token) ?? [];
        const wanted = TYPES[token] ?? `AWS::${SERVICES[service] ?? service}::${type}`;
        const resource = specification
            .all("resource")
            .find(({ cloudFormationType: name }) => same(name, wanted));
        if (resource === undefined) {
            return undefined;
        }
        const entries = Object.entries(resource.properties).flatMap(([name, { causesReplacement }]) => {
            const replaces = causesReplacement === "yes";
            const short = name.toLowerCase().replace(type.toLowerCase(), "");
            return [name.toLowerCase(), short].map((key): [string, boolean] => [key, replaces]);
        });
        return new Map(entries);
    }
});

function same(a: string, b: string): boolean {
    return a.toLowerCase() === b.toLowerCase();
}
