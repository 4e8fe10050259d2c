import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import type { ApiBackend } from "../gateway/apiArgs";
import type { PlainTarget } from "../mesh/plainTarget";
import type { ServiceMesh } from "../mesh/ServiceMesh";
import { TaskRoom } from "../mesh/taskRoom";
import type { ResolvedService } from "../model/mesh";
import type { InternalLoadBalancer } from "../network/InternalLoadBalancer";
import { openStep } from "../network/openStep";
import { rejectIssues } from "../reject";
import { checkEntrance, targetRoom } from "./checkEntrance";

export interface PlainEntranceArgs {
    readonly mesh: ServiceMesh;
    readonly loadBalancer: InternalLoadBalancer;
    /** Security group of API Gateway's VPC link. */
    readonly gatewayGroupId: pulumi.Input<string>;
    /** Port on which every application listens. */
    readonly applicationPort: number;
}

/**
 * The gateway's way to services before it goes through the ingress: for each service behind an API a listener of the load balancer,
 * on the service's port in the mesh, which passes plain text on to the application. Inside the VPC only.
 */
export class PlainEntrance extends pulumi.ComponentResource {
    readonly nodes: Readonly<
        Record<string, { readonly listener: lb.Listener; readonly targetGroup: lb.TargetGroup }>
    >;
    readonly #args: PlainEntranceArgs;
    readonly #room = new TaskRoom(targetRoom);

    constructor(name: string, args: PlainEntranceArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:migration:PlainEntrance", name, {}, opts);
        this.#args = args;
        const { applicationPort, gatewayGroupId, loadBalancer, mesh } = args;
        const services = publicServices(mesh);
        const names = services.map((service) => service.name);
        rejectIssues("PlainEntrance", name, checkEntrance(names), this);
        const from = loadBalancer.securityGroupId;
        const plain = { carries: "Plain text" };
        openStep(
            `${name}-applications`,
            { from, to: mesh.securityGroupId, port: applicationPort, ...plain },
            { parent: this },
        );
        this.nodes = Object.fromEntries(
            services.map((service) => {
                const step = { from: gatewayGroupId, to: from, port: service.localPort, ...plain };
                openStep(`${name}-${service.name}`, step, { parent: this });
                return [service.name, this.createListener(`${name}-${service.name}`, service)];
            }),
        );
        this.registerOutputs({
            ports: Object.fromEntries(services.map((each) => [each.name, each.localPort])),
        });
    }

    /** For a service that is behind an API; the others have none. */
    targetOf(service: string): PlainTarget | undefined {
        const node = this.nodes[service];
        return node === undefined ? undefined : { targetGroupArn: node.targetGroup.arn, room: this.#room };
    }

    /** A service as the backend of its APIs, which are sent to it when `ready` is. */
    backendOf(service: string, ready: readonly pulumi.Resource[]): ApiBackend {
        const { loadBalancer, mesh } = this.#args;
        const port = mesh.definition.services.get(service)?.localPort;
        return {
            loadBalancerArn: loadBalancer.arn,
            serverName: `${service}.${mesh.definition.trustDomain}`,
            verifyServerCertificate: false,
            ...(port === undefined ? {} : { plainPort: port }),
            routes: mesh.definition.ingress,
            ready: [this, ...ready],
        };
    }

    private createListener(
        name: string,
        { healthPath, localPort }: ResolvedService,
    ): { listener: lb.Listener; targetGroup: lb.TargetGroup } {
        const { applicationPort, loadBalancer, mesh } = this.#args;
        const targetGroup = new lb.TargetGroup(
            name,
            {
                vpcId: mesh.network.vpcId,
                targetType: "ip",
                protocol: "TCP",
                port: applicationPort,
                preserveClientIp: "false",
                deregistrationDelay: 60,
                healthCheck: {
                    protocol: "HTTP",
                    path: healthPath,
                    interval: 10,
                    healthyThreshold: 2,
                    unhealthyThreshold: 2,
                },
            },
            { parent: this },
        );
        const listener = new lb.Listener(
            name,
            {
                loadBalancerArn: loadBalancer.arn,
                port: localPort,
                protocol: "TCP",
                defaultActions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
            },
            { parent: this },
        );
        return { listener, targetGroup };
    }
}

/** Services behind an API, each once. */
function publicServices({ definition }: ServiceMesh): readonly ResolvedService[] {
    const names = new Set(definition.ingress.map(({ service }) => service));
    return [...names].flatMap((name) => definition.services.get(name) ?? []);
}
