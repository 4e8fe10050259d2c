import * as pulumi from "@pulumi/pulumi";
import { fingerprint, type Anchors } from "../anchors";
import type { Placement } from "../placement";
import { readOutput } from "../readOutput";
import type { ApiBackend } from "./apiArgs";
import type { Edge } from "./edge";
import type { Authorizer } from "./openapi/authorizer";

/** Changes when what travels between stacks is no longer read by stacks that have not been deployed since. */
export const apiHandOverFormat = 1;

/** Name of the stack output. */
export const apiOutput = "apiHandOver";

/** The way into the mesh, at the end of its migration. */
type MeshEntrance = Required<
    Pick<ApiBackend, "loadBalancerArn" | "routes" | "serverName" | "verifyServerCertificate">
>;

/** All that a stack needs to publish an API behind another stack's edge: names and addresses, and the ids of keys, but no key. */
export interface ApiHandOver {
    readonly format: number;
    readonly placement: { readonly [key in keyof Placement]: pulumi.Unwrap<Placement[key]> };
    readonly host: string;
    readonly allowedOrigins: readonly string[];
    readonly consumers: readonly string[];
    readonly domainName: string;
    readonly authorizer: Authorizer;
    readonly userPoolArn?: string;
    readonly webAclArn: string;
    readonly vpcLinkId: string;
    readonly clientCertificateId: string;
    readonly backend: { readonly [key in keyof MeshEntrance]: pulumi.Unwrap<MeshEntrance[key]> };
    readonly apiKeyIds: Readonly<Record<string, string>>;
    /** What a policy configuration that lets a stack publish here names (`base-stack-references`). */
    readonly fingerprint: string;
}

/** The edge's own parts that others stand on, and what lies behind it. */
export interface HandedOver {
    /** The way into the mesh: its routes say which APIs may be published. */
    readonly backend: MeshEntrance;
    /** Plans whose keys other stacks' APIs take too. */
    readonly plans: { readonly apiKeyIds: Readonly<Record<string, pulumi.Output<string>>> };
}

export function apiHandOverOf(edge: Edge, { backend, plans }: HandedOver): pulumi.Output<ApiHandOver> {
    const { loadBalancerArn, routes, serverName, verifyServerCertificate } = backend;
    const { allowedOrigins, authorizer, consumers, host, placement, userPoolArn } = edge;
    const given = pulumi.output({
        format: apiHandOverFormat,
        placement,
        host,
        allowedOrigins,
        consumers,
        domainName: edge.domainName,
        authorizer,
        ...(userPoolArn === undefined ? {} : { userPoolArn }),
        webAclArn: edge.webAclArn,
        vpcLinkId: edge.vpcLinkId,
        clientCertificateId: edge.clientCertificateId,
        backend: { loadBalancerArn, routes, serverName, verifyServerCertificate },
        apiKeyIds: plans.apiKeyIds,
    }) as pulumi.Output<Omit<ApiHandOver, "fingerprint">>;
    return given.apply((all) => ({ ...all, fingerprint: fingerprint(edgeAnchors(all)) }));
}

/** What the policies must know for sure of an edge that is joined. */
function edgeAnchors(given: Omit<ApiHandOver, "fingerprint">): Anchors {
    const { backend, clientCertificateId, domainName, userPoolArn, vpcLinkId, webAclArn } = given;
    return {
        clientCertificateId,
        domainName,
        loadBalancerArn: backend.loadBalancerArn,
        ...(userPoolArn === undefined ? {} : { userPoolArn }),
        vpcLinkId,
        webAclArn,
    };
}

/** Another stack's edge, behind which this one publishes APIs. Made by `ApiEdge.fromStack`. */
export class JoinedEdge extends pulumi.ComponentResource implements Edge {
    readonly placement: Placement;
    readonly host: string;
    readonly allowedOrigins: readonly string[];
    readonly consumers: readonly string[];
    readonly domainName: pulumi.Output<string>;
    readonly authorizer: Authorizer;
    readonly userPoolArn?: pulumi.Output<string>;
    readonly webAclArn: pulumi.Output<string>;
    readonly vpcLinkId: pulumi.Output<string>;
    readonly clientCertificateId: pulumi.Output<string>;
    /** The region's role for logs is set by the edge's own stack. */
    readonly logsReady = [];
    readonly apiKeyIds: Readonly<Record<string, string>>;
    /** Where requests go: the ingress of the edge's own stack. */
    readonly backend: ApiHandOver["backend"];

    constructor(name: string, given: ApiHandOver, stack: string, opts?: pulumi.ComponentResourceOptions) {
        super("shop:gateway:JoinedEdge", name, {}, opts);
        this.placement = given.placement;
        this.host = given.host;
        this.allowedOrigins = given.allowedOrigins;
        this.consumers = given.consumers;
        this.domainName = pulumi.output(given.domainName);
        this.authorizer = given.authorizer;
        if (given.userPoolArn !== undefined) {
            this.userPoolArn = pulumi.output(given.userPoolArn);
        }
        this.webAclArn = pulumi.output(given.webAclArn);
        this.vpcLinkId = pulumi.output(given.vpcLinkId);
        this.clientCertificateId = pulumi.output(given.clientCertificateId);
        this.apiKeyIds = given.apiKeyIds;
        this.backend = given.backend;
        this.registerOutputs({ stack, anchors: edgeAnchors(given), apiKeyIds: given.apiKeyIds });
    }
}

/** Reads what the constructor needs. */
export async function readEdge(reference: pulumi.StackReference): Promise<ApiHandOver> {
    return readOutput<ApiHandOver>(reference, apiOutput, {
        format: apiHandOverFormat,
        wanted: ["placement", "host", "domainName", "authorizer", "webAclArn", "backend", "apiKeyIds"],
    });
}
