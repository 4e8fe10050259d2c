import { added, replaced, set, setting, type Kind, type Operator, type Props } from "../operator";
import { inbound, inBootstrap, inContainers, manager, proxy } from "./bootstraps";
import { first, inDocument, integrationOf, operations } from "./documents";

const mesh = "shop:mesh:JoinedMesh";
const edge = "shop:gateway:JoinedEdge";
const service = "aws:ecs/service:Service";

function on(rule: string, kind: Kind, target: string, type: string, path: string, value: unknown): Operator {
    return { ...setting(rule, kind, type, path, value), target: `guest: ${target}` };
}

/** What the guest says of its platform. */
const believed: readonly Operator[] = [
    on(
        "base-stack-references",
        "rename",
        "the stack whose mesh it joins",
        mesh,
        "stack",
        "organization/other/dev",
    ),
    on(
        "base-stack-references",
        "rename",
        "the stack whose edge it joins",
        edge,
        "stack",
        "organization/other/dev",
    ),
    ...["trustDomain", "trustParameter", "members", "namespaceId", "securityGroupId"].map((anchor) =>
        on("base-stack-references", "forge", `the mesh's ${anchor}`, mesh, `anchors.${anchor}`, "another"),
    ),
    ...["clientCertificateId", "domainName", "loadBalancerArn", "userPoolArn", "vpcLinkId", "webAclArn"].map(
        (anchor) =>
            on(
                "base-stack-references",
                "forge",
                `the edge's ${anchor}`,
                edge,
                `anchors.${anchor}`,
                "another",
            ),
    ),
    on("base-stack-references", "remove", "an anchor of the mesh", mesh, "anchors.trustParameter", undefined),
    on("base-stack-references", "forge", "services of a stack that nobody chose", mesh, "contracts", {
        "organization/other/dev": { tax: { callers: ["loyalty-service"], deployments: ["tax"] } },
    }),
    on("base-stack-references", "rename", "the member that it is", service, "name", "user-service"),
    {
        kind: "duplicate",
        target: "guest: a second member",
        rule: "base-stack-references",
        appliesTo: ({ type }) => type === service,
        apply: ({ props, from }, program) =>
            added(program, service, "user-service", { ...props, name: "user-service" }, from),
    },
];

/** What of its platform it may use. */
const used: readonly Operator[] = [
    on(
        "mesh-membership",
        "rename",
        "the members' security group",
        service,
        "networkConfiguration.securityGroups",
        ["sg-1"],
    ),
    on(
        "mesh-discovery",
        "detach",
        "the platform's namespace",
        "aws:servicediscovery/service:Service",
        "dnsConfig.namespaceId",
        "ns-other",
    ),
    on(
        "rate-limit",
        "detach",
        "the platform's Web ACL",
        "aws:wafv2/webAclAssociation:WebAclAssociation",
        "webAclArn",
        "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/other/1",
    ),
    on(
        "rate-limit",
        "rename",
        "the platform's key",
        "aws:apigateway/usagePlanKey:UsagePlanKey",
        "keyId",
        "another",
    ),
    on(
        "gateway-client-certificate",
        "rename",
        "the platform's client certificate",
        "aws:apigateway/stage:Stage",
        "clientCertificateId",
        "another",
    ),
    on(
        "gateway-private-integration",
        "rename",
        "the platform's VPC link",
        "aws:apigateway/stage:Stage",
        "variables.vpcLinkId",
        "another",
    ),
    on(
        "gateway-endpoint",
        "rename",
        "the platform's domain",
        "aws:apigatewayv2/apiMapping:ApiMapping",
        "domainName",
        "other.example",
    ),
    {
        ...inDocument("gateway-private-integration", "rename", "", (document) => {
            integrationOf(first(operations(document))).integrationTarget =
                "arn:aws:elasticloadbalancing:other";
        }),
        target: "guest: the platform's load balancer",
    },
    {
        ...inDocument("gateway-authentication", "remove", "", (document) => {
            first(operations(document)).security = [];
        }),
        target: "guest: an operation's token and key",
    },
];

interface Secret {
    name: string;
    valueFrom: string;
}

function secret(name: string, target: string, change: (secret: Secret) => void): Operator {
    return inContainers("mesh-certificates", "forge", `guest: ${target}`, (containers) => {
        const { secrets } = proxy(containers) as { secrets: Secret[] };
        change(first(secrets.filter((each) => each.name === name)));
    });
}

/** What it may be in the mesh. */
const member: readonly Operator[] = [
    secret("MESH_PRIVATE_KEY", "another member's key", (each) => {
        each.valueFrom = each.valueFrom.replace("loyalty-service", "user-service");
    }),
    secret("MESH_CERTIFICATE", "another member's certificate", (each) => {
        each.valueFrom = each.valueFrom.replace("loyalty-service", "user-service");
    }),
    secret("MESH_TRUST", "somebody else's trust", (each) => {
        each.valueFrom = "/other/trust";
    }),
    inContainers(
        "mesh-certificates",
        "bypass",
        "guest: another member's key beside its own",
        (containers) => {
            const { secrets } = proxy(containers) as { secrets: Secret[] };
            const own = first(secrets.filter((each) => each.name === "MESH_PRIVATE_KEY"));
            secrets.push({
                name: "MESH_SPARE",
                valueFrom: own.valueFrom.replace("loyalty-service", "user-service"),
            });
        },
    ),
    inBootstrap(
        "mesh-authorization",
        "loosen",
        "guest: callers that its owner does not declare",
        (bootstrap) => {
            const filter = first(
                manager(inbound(bootstrap)).http_filters as {
                    typed_config: { rules: { policies: Props } };
                }[],
            );
            filter.typed_config.rules.policies.stranger = {
                permissions: [{ any: true }],
                principals: [
                    { authenticated: { principal_name: { exact: "spiffe://platform.internal/stranger" } } },
                ],
            };
        },
    ),
    inBootstrap(
        "mesh-authorization",
        "bypass",
        "guest: a callee that does not let it in",
        ({ static_resources: all }) => {
            const callee = first(all.clusters.filter((cluster) => "outlier_detection" in cluster));
            const text = JSON.stringify(callee).replaceAll("user-service", "order-service");
            all.clusters.push(JSON.parse(text) as Props);
        },
    ),
    {
        kind: "forge",
        target: "guest: who the platform's services let in",
        rule: "mesh-authorization",
        appliesTo: ({ type }) => type === mesh,
        apply: (resource, program) =>
            replaced(program, resource, ({ props }) => {
                set(props, "callers", { "loyalty-service": ["ingress"] });
            }),
    },
];

/** Ways for a guest to take more of its platform than it was given. */
export const guestOperators: readonly Operator[] = [...believed, ...used, ...member];
