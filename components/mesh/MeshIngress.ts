import * as ecs from "@pulumi/aws/ecs";
import * as lb from "@pulumi/aws/lb";
import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { ingressName, type IngressRoute } from "../model/mesh";
import { rejectIssues } from "../reject";
import { transformed, type Transform } from "../transform";
import { envoyContainerName } from "./containers";
import { tlsVariables } from "./envoy/tls";
import { fargateService } from "./fargateService";
import {
    createInternalLoadBalancer,
    type InternalLoadBalancer,
    type InternalLoadBalancerArgs,
    type InternalLoadBalancerNodes,
} from "../network/InternalLoadBalancer";
import { createIngressGroup, gatewayPort } from "./ingressSecurity";
import { memberSecrets } from "./memberSecrets";
import { logGroupName, MemberTask, type MemberTaskTransform } from "./MemberTask";
import {
    ingressServerName,
    resolveIngress,
    type IngressProxyArgs,
    type ResolvedIngress,
} from "./resolveIngress";
import type { ServiceMesh } from "./ServiceMesh";

/** A certificate that API Gateway verifies, in parameters; its name must be `serverName`. */
export interface IngressServerCertificate {
    /** Name in the certificate, which API Gateway asks for. */
    readonly serverName: string;
    /** Name of the parameter with the certificate and its chain, PEM. */
    readonly certificateParameter: string;
    /** Name of the SecureString parameter with the key, PEM. */
    readonly privateKeyParameter: string;
}

export interface MeshIngressArgs extends IngressProxyArgs {
    readonly mesh: ServiceMesh;
    /** Who may enter: API Gateway, known by its client certificate, through its VPC link. */
    readonly gateway: {
        /** The certificate that API Gateway shows, PEM (`ApiEdge.clientCertificatePem`). */
        readonly clientCertificatePem: pulumi.Input<string>;
        /** Of the VPC link, which may reach the load balancer. */
        readonly securityGroupId: pulumi.Input<string>;
    };
    /** The load balancer to stand behind. @default one of its own */
    readonly loadBalancer?: InternalLoadBalancer;
    /** @default the mesh's own certificate, which API Gateway cannot verify: the hop is encrypted, but its server is not authenticated */
    readonly serverCertificate?: IngressServerCertificate;
    readonly transform?: MeshIngressTransform;
}

export interface MeshIngressTransform extends MemberTaskTransform {
    readonly loadBalancer?: Transform<lb.LoadBalancerArgs>;
    readonly targetGroup?: Transform<lb.TargetGroupArgs>;
    readonly service?: Transform<ecs.ServiceArgs>;
}

/**
 * The one way into the mesh: an internal network load balancer that passes TLS through to Envoy proxies, which accept only
 * API Gateway's client certificate and hold every user's limit.
 */
export class MeshIngress extends pulumi.ComponentResource {
    readonly loadBalancerArn: pulumi.Output<string>;
    /** Host name of integration URIs: the name in the ingress's certificate. */
    readonly serverName: string;
    /** Whether API Gateway can verify the ingress's certificate. */
    readonly verifyServerCertificate: boolean;
    /** Which service each API is handed to. */
    readonly routes: readonly IngressRoute[];
    readonly nodes: {
        readonly task: MemberTask;
        readonly loadBalancer: lb.LoadBalancer;
        readonly targetGroup: lb.TargetGroup;
        readonly service: ecs.Service;
    };

    constructor(name: string, args: MeshIngressArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:mesh:MeshIngress", name, {}, opts);
        const { mesh } = args;
        const gatewayTrustParameter = `${mesh.memberPath(ingressName)}/gateway-trust`;
        const ingress = resolveIngress(args, {
            mesh: mesh.definition,
            dataPlane: mesh.dataPlane,
            prefix: mesh.placement.prefix,
            proxy: mesh.proxy,
            ...(mesh.telemetry === undefined ? {} : { telemetry: mesh.telemetry }),
            logs: { group: logGroupName(mesh.placement.prefix, ingressName), region: mesh.placement.region },
            secrets: ingressSecrets(args, gatewayTrustParameter),
        });
        rejectIssues("MeshIngress", name, ingress.issues, this);
        this.serverName =
            args.serverCertificate?.serverName ?? ingressServerName(mesh.definition.trustDomain);
        this.verifyServerCertificate = args.serverCertificate !== undefined;
        this.routes = mesh.definition.ingress;
        const { loadBalancer, group } = args.loadBalancer?.nodes ?? this.createLoadBalancer(name, args);
        const groups = [
            mesh.securityGroupId,
            createIngressGroup(
                name,
                {
                    vpcId: mesh.network.vpcId,
                    gatewayGroupId: args.gateway.securityGroupId,
                    loadBalancerGroupId: group.id,
                    port: mesh.dataPlane.memberPort,
                },
                { parent: this },
            ).id,
        ];
        const trust = this.createGatewayTrust(name, args, gatewayTrustParameter);
        const task = this.createTask(name, args, ingress, gatewayTrustParameter, trust);
        const targetGroup = this.createTargetGroup(name, args);
        const listener = this.createListener(name, loadBalancer, targetGroup);
        const service = this.createService(name, args, { ingress, task, groups, targetGroup, listener });
        this.loadBalancerArn = loadBalancer.arn;
        this.nodes = { task, loadBalancer, targetGroup, service };
        this.registerOutputs({
            serverName: this.serverName,
            verifyServerCertificate: this.verifyServerCertificate,
            loadBalancerArn: this.loadBalancerArn,
            routes: this.routes,
            ...(mesh.givesUp.includes("userLimit") ? {} : { rateLimit: ingress.rateLimit }),
            containerDefinitions: ingress.containerDefinitions,
        });
    }

    private createGatewayTrust(name: string, { gateway }: MeshIngressArgs, parameter: string): ssm.Parameter {
        return new ssm.Parameter(
            `${name}-gateway-trust`,
            {
                name: parameter,
                description: "Client certificate of API Gateway, which the ingress accepts",
                type: "String",
                value: gateway.clientCertificatePem,
            },
            { parent: this },
        );
    }

    private createTask(
        name: string,
        { mesh, serverCertificate, transform }: MeshIngressArgs,
        { size, architecture, containerDefinitions }: ResolvedIngress,
        gatewayTrustParameter: string,
        trust: ssm.Parameter,
    ): MemberTask {
        const own =
            serverCertificate === undefined
                ? []
                : [serverCertificate.certificateParameter, serverCertificate.privateKeyParameter];
        return new MemberTask(
            name,
            {
                mesh,
                member: ingressName,
                size,
                architecture,
                containerDefinitions,
                images: [mesh.proxy.image],
                secrets: [gatewayTrustParameter, ...own].map((parameter) => ({ parameter })),
                taskRoleStatements: [],
                ...(transform === undefined ? {} : { transform }),
            },
            { parent: this, dependsOn: [trust] },
        );
    }

    private createLoadBalancer(
        name: string,
        { mesh, transform }: MeshIngressArgs,
    ): InternalLoadBalancerNodes {
        return createInternalLoadBalancer(name, ingressLoadBalancer(mesh, transform?.loadBalancer), {
            parent: this,
        });
    }

    /** TCP checks: an HTTP check has no client certificate to show. */
    private createTargetGroup(name: string, { mesh, transform }: MeshIngressArgs): lb.TargetGroup {
        return new lb.TargetGroup(
            name,
            transformed(
                {
                    name: `${mesh.placement.prefix}-ingress`,
                    vpcId: mesh.network.vpcId,
                    targetType: "ip",
                    protocol: "TCP",
                    port: mesh.dataPlane.memberPort,
                    preserveClientIp: "false",
                    deregistrationDelay: 60,
                    healthCheck: {
                        protocol: "TCP",
                        interval: 10,
                        healthyThreshold: 2,
                        unhealthyThreshold: 2,
                    },
                },
                transform?.targetGroup,
            ),
            { parent: this },
        );
    }

    private createListener(
        name: string,
        loadBalancer: lb.LoadBalancer,
        targetGroup: lb.TargetGroup,
    ): lb.Listener {
        return new lb.Listener(
            name,
            {
                loadBalancerArn: loadBalancer.arn,
                port: gatewayPort,
                protocol: "TCP",
                defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
            },
            { parent: this },
        );
    }

    private createService(
        name: string,
        { mesh, transform }: MeshIngressArgs,
        parts: {
            readonly ingress: ResolvedIngress;
            readonly task: MemberTask;
            readonly groups: readonly pulumi.Input<string>[];
            readonly targetGroup: lb.TargetGroup;
            readonly listener: lb.Listener;
        },
    ): ecs.Service {
        const { ingress, task, groups, targetGroup, listener } = parts;
        return new ecs.Service(
            name,
            transformed(
                fargateService({
                    name: ingressName,
                    mesh,
                    task,
                    desiredCount: ingress.tasks,
                    securityGroupIds: groups,
                    attachment: {
                        loadBalancers: [
                            {
                                targetGroupArn: targetGroup.arn,
                                containerName: envoyContainerName,
                                containerPort: mesh.dataPlane.memberPort,
                            },
                        ],
                    },
                }),
                transform?.service,
            ),
            { parent: this, dependsOn: [listener] },
        );
    }
}

/** The ingress shows API Gateway its own mesh certificate unless another one is configured. */
function ingressSecrets(
    { mesh, serverCertificate }: MeshIngressArgs,
    gatewayTrust: string,
): Record<string, string> {
    const own = memberSecrets(mesh, ingressName);
    return {
        ...own,
        [tlsVariables.gatewayTrust]: gatewayTrust,
        [tlsVariables.gatewayCertificate]:
            serverCertificate?.certificateParameter ?? own[tlsVariables.certificate],
        [tlsVariables.gatewayPrivateKey]:
            serverCertificate?.privateKeyParameter ?? own[tlsVariables.privateKey],
    };
}

/** What the load balancer of a mesh's ingress is, whoever makes it. */
export function ingressLoadBalancer(
    { network, placement }: Pick<ServiceMesh, "network" | "placement">,
    transform?: Transform<lb.LoadBalancerArgs>,
): InternalLoadBalancerArgs {
    return {
        name: `${placement.prefix}-ingress`,
        vpcId: network.vpcId,
        subnetIds: network.privateSubnetIds,
        protect: placement.protect,
        transform,
    };
}
