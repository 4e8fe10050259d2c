import type { Finding } from "../finding";
import { joined } from "../facts/join";
import { ecsServices } from "../facts/sidecar";
import type { Resource, Stack } from "../facts/stack";

const targetGroupTypes = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"];
const loadBalancerTypes = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];

/** A listener passes TCP on to the proxies of an ECS service of this program, which ask for a certificate. */
export function passesThrough(listener: Resource, stack: Stack): readonly Finding[] {
    const protocol = listener.props.get("protocol");
    const actions = listener.props.get("defaultActions");
    const groups = targetGroupTypes.flatMap((type) => listener.sources("defaultActions", type));
    const arns = groups.map(({ props }) => props.get("arn").text);
    const own = loadBalancerTypes.flatMap((type) => listener.sources("loadBalancerArn", type));
    if (own.length === 1 && own[0] !== undefined) {
        joined(listener, "loadBalancerArn", own[0].type, ({ props }) => [props.get("arn").text]);
    }
    return [
        ...listener.props
            .get("loadBalancerArn")
            .require(own.length === 1, "the arn of one load balancer of this program"),
        ...protocol.require(protocol.text === "TCP", '"TCP": the proxy ends TLS, not the load balancer'),
        ...actions.items().flatMap((action) => {
            const target = action.get("targetGroupArn");
            const others = action.get("forward");
            const isOwn = target.isUnknown || (!target.isMissing && arns.includes(target.text));
            return [
                ...action.get("type").require(action.get("type").text === "forward", '"forward"'),
                ...others.require(others.isMissing, "nothing: targetGroupArn decides"),
                ...target.require(
                    groups.length === 1 && isOwn,
                    "the arn of one target group of this program",
                ),
            ];
        }),
        ...groups
            .filter((group) => !hasService(group, stack))
            .map((group) => ({
                at: `target group "${group.name}"`,
                found: "no ECS service behind it",
                required: "an ECS service whose proxy is judged",
            })),
        ...groups.flatMap(({ props }) => {
            const spoken = props.get("protocol");
            return spoken.require(spoken.text === "TCP", '"TCP"');
        }),
    ];
}

function hasService(group: Resource, stack: Stack): boolean {
    return ecsServices(stack).some((service) =>
        service.sources("loadBalancers", group.type).some(({ urn }) => urn === group.urn),
    );
}
