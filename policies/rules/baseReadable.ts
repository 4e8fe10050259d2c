import { settled } from "../configuration";
import { isOverdue, reviewedList, staleEntries, type Review } from "../review";
import { each, type Rule } from "../rule";

interface AllowedType extends Review {
    readonly type: string;
}
const settings = {
    allowedTypes: reviewedList<AllowedType>({
        type: {
            type: "string",
            minLength: 3,
            description: "Type of the resource, as in aws:lambda/function:Function.",
        },
    }),
};

/** Parts of AWS that carry requests, of which the pack reads these types and no others. */
const read: Readonly<Record<string, readonly string[]>> = {
    apigateway: [
        "restApi",
        "deployment",
        "stage",
        "methodSettings",
        "account",
        "apiKey",
        "usagePlan",
        "usagePlanKey",
        "clientCertificate",
        "domainName",
        "basePathMapping",
    ],
    apigatewayv2: ["vpcLink", "apiMapping"],
    ecs: ["cluster", "clusterCapacityProviders", "service", "taskDefinition"],
    lb: ["loadBalancer", "listener", "targetGroup"],
    alb: ["loadBalancer", "listener", "targetGroup"],
    appmesh: [
        "mesh",
        "virtualNode",
        "virtualService",
        "virtualRouter",
        "virtualGateway",
        "route",
        "gatewayRoute",
    ],
};
const unread = [
    "applicationloadbalancing",
    "elasticloadbalancing",
    "elasticloadbalancingv2",
    "elb",
    "lambda",
    "cloudfront",
    "globalaccelerator",
    "apprunner",
    "lightsail",
    "vpclattice",
    "eks",
    "appsync",
    "amplify",
    "elasticbeanstalk",
    "batch",
    "ec2clientvpn",
    "networkmanager",
];
const carriersOfEc2 = [
    "instance",
    "spotInstanceRequest",
    "launchTemplate",
    "fleet",
    "natGateway",
    "eip",
    "vpcPeeringConnection",
    "vpcEndpointService",
];
/** Providers whose resources could be any of these under another name. */
const otherPackages = [
    "aws-native",
    "command",
    "kubernetes",
    "docker",
    "docker-build",
    "cloudflare",
    "eks",
    "pulumi-nodejs",
    "pulumi-python",
    "gcp",
    "azure-native",
];

/** What cannot be read may carry traffic around everything that the other rules hold. */
export function baseReadable(): Rule {
    return {
        id: "base-readable",
        title: "Nothing that carries traffic unread",
        description:
            "Every resource that can carry requests is of a type that this pack reads, or is allowed with a reason.",
        clause: "Handle all external client requests",
        severity: "high",
        controls: [],
        remediation:
            "use the components of this program, or list the type under allowedTypes with reason, owner and review date.",
        settings,
        checks: (stack, configured) => {
            const { allowedTypes } = settled(settings, configured);
            const allowed = allowedTypes.filter((entry) => !isOverdue(entry)).map(({ type }) => type);
            const carriers = stack.all.filter(({ type }) => isUnread(type));
            return [
                ...each(
                    carriers.filter(({ type }) => !allowed.includes(type)),
                    ({ type }) => [{ at: "type", found: type, required: "a type that this pack reads" }],
                ),
                {
                    judge: () =>
                        staleEntries(
                            "allowedTypes",
                            allowedTypes,
                            (entry) => carriers.some(({ type }) => type === entry.type),
                            ({ type }) => type,
                        ),
                },
            ];
        },
    };
}

function isUnread(type: string): boolean {
    const [name = "", path = ""] = type.split(":");
    const [module = "", resource = ""] = path.split("/");
    if (otherPackages.includes(name) || (name === "awsx" && type !== "awsx:ec2:Vpc")) {
        return true;
    }
    if (name !== "aws") {
        return false;
    }
    const known = read[module];
    return (
        (known !== undefined && !known.includes(resource)) ||
        unread.includes(module) ||
        (module === "ec2" && carriersOfEc2.includes(resource)) ||
        (module === "vpc" && !resource.startsWith("securityGroup"))
    );
}
