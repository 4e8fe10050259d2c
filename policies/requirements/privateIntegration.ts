import type { Finding } from "../finding";
import { idsOf } from "../facts/gateway/apis";
import { isOfJoinedEdge } from "../facts/handOver";
import type { Operation } from "../facts/gateway/operations";
import type { Resource, Stack } from "../facts/stack";

const vpcLinkType = "aws:apigatewayv2/vpcLink:VpcLink";
const loadBalancerTypes = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];
const stageVariable = /^\$\{stageVariables\.(\w+)\}$/;

export interface PrivateLink {
    /** Whether the ingress's certificate may come from an authority that AWS does not know. */
    readonly mayBeUnverified: boolean;
    /** Whether the gateway still reaches services in plain text, inside the VPC. */
    readonly mayBePlain: boolean;
}

/** Over HTTPS, through a VPC link that a stage variable names. */
export function integratesPrivately(
    { id, integration }: Operation,
    { mayBePlain, mayBeUnverified }: PrivateLink,
): readonly Finding[] {
    const [type, connection, link, uri] = ["type", "connectionType", "connectionId", "uri"].map((name) =>
        integration.get(name),
    ) as [typeof integration, typeof integration, typeof integration, typeof integration];
    const unverified = integration.get("tlsConfig", "insecureSkipVerification");
    const findings = [
        ...type.require(/^http(_proxy)?$/i.test(type.text ?? ""), "http_proxy or http"),
        ...connection.require(connection.text === "VPC_LINK", '"VPC_LINK"'),
        ...link.require(stageVariable.test(link.text ?? ""), "a stage variable with the VPC link's id"),
        ...uri.require(
            /^https:\/\/[^/$]+\//.test(uri.text ?? "") ||
                (mayBePlain && /^http:\/\/[^/$:]+:\d+\//.test(uri.text ?? "")),
            "an https address with a fixed host",
        ),
        ...unverified.require(
            unverified.isOff || (unverified.isTrue && mayBeUnverified),
            "a verified certificate, or unverifiedIngress with a reason",
        ),
    ];
    return findings.map((finding) => ({ ...finding, at: `operation ${id} ${finding.at}` }));
}

/** Whether the gateway would take any server's certificate. */
export function isUnverified({ integration }: Operation): boolean {
    return !integration.get("tlsConfig", "insecureSkipVerification").isOff;
}

/** The load balancer behind the link is one of this program, whose way into the mesh is judged. */
export function targetsIngress(
    restApi: Resource,
    operations: readonly Operation[],
    stack: Stack,
): readonly Finding[] {
    const known = stack.ofType(...loadBalancerTypes).map(({ props }) => props.get("arn").text);
    const sources = loadBalancerTypes.flatMap((type) => restApi.sources("body", type));
    return operations.flatMap(({ id, integration }) => {
        const target = integration.get("integrationTarget");
        const isOwn =
            target.text === "{{integrationTarget}}"
                ? sources.length === 1
                : (target.text !== undefined && known.includes(target.text)) ||
                  isOfJoinedEdge(target, stack, "loadBalancerArn");
        return target
            .require(isOwn, "a load balancer of this program, or that of the edge that it joins")
            .map((finding) => ({ ...finding, at: `operation ${id} ${finding.at}` }));
    });
}

/** The variable that the operations name holds the id of a VPC link of this program. */
export function usesOwnLink(
    stage: Resource,
    operations: readonly Operation[],
    stack: Stack,
): readonly Finding[] {
    const links = stage.sources("variables", vpcLinkType);
    const [link] = links;
    const names = new Set(
        operations.flatMap(
            ({ integration }) => stageVariable.exec(integration.get("connectionId").text ?? "")?.[1] ?? [],
        ),
    );
    return [...names].flatMap((name) => {
        const value = stage.props.get("variables", name);
        if (isOfJoinedEdge(value, stack, "vpcLinkId")) {
            return [];
        }
        const agrees =
            link !== undefined && (value.isUnknown || (!value.isMissing && idsOf(link).includes(value.text)));
        return value
            .require(
                links.length === 1 && agrees,
                `the id of exactly one ${vpcLinkType} of this program, or of the edge that it joins`,
            )
            .map((finding) => ({ ...finding, at: `stage "${stage.name}" ${finding.at}` }));
    });
}
