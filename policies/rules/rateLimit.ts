import { atMost, settled } from "../configuration";
import type { Finding } from "../finding";
import { idsOf } from "../facts/gateway/apis";
import { isJoinedKey, joinsEdge } from "../facts/handOver";
import { joined, joinedUnless } from "../facts/join";
import type { Resource, Stack } from "../facts/stack";
import type { Value } from "../facts/value";
import { phaseOf } from "../facts/phase";
import { stagesOf } from "../facts/stages";
import { usagePlans } from "../facts/usagePlans";
import { adr, supporting } from "../numbers";
import { limitedAtGateway } from "../requirements/gatewayLimit";
import { ingressesOf, limitedAtIngress } from "../requirements/ingressLimit";
import { eachProxy } from "../requirements/proxies";
import { each, type Check, type Rule } from "../rule";
import { sharedPlans, staleSharedPlans } from "./sharedPlans";

const planKeyType = "aws:apigateway/usagePlanKey:UsagePlanKey";

const settings = {
    userRequestsPerMinute: atMost(adr.userRequestsPerMinute),
    burst: atMost(supporting.burst),
    ipRequestsPerMinute: { ...atMost(1_000_000, 10), default: supporting.ipRequestsPerMinute },
    userBuckets: { ...atMost(10_000_000, supporting.userBuckets), default: supporting.userBuckets },
    sharedPlans,
};

/** ADR-003: no user gets more than 1000 requests a minute, at the edge, at the gateway and at the ingress. */
export function rateLimit(): Rule {
    return {
        id: "rate-limit",
        title: "Rate limit for each user",
        description:
            "Every public API is held to the user's limit by its Web ACL, its usage plans and the mesh ingress.",
        clause: "Rate Limiting (1000 requests/minute per user)",
        severity: "high",
        controls: ["Security Hub APIGateway.4", "Security Hub WAF.10", "cdk-nag AwsSolutions-APIG3"],
        remediation:
            "publish the API with ExternalApi on an ApiEdge, give it plans with ApiPlans, and let it enter through MeshIngress with their limits as generated.",
        settings,
        waiting: {
            1: "there is no ingress yet that would count each user's requests; the Web ACL and the usage plans are held to it",
            2: "requests do not pass the ingress yet, which counts each user's; the Web ACL and the usage plans are held to it",
        },
        checks: (stack, configured) => {
            const numbers = settled(settings, configured);
            const stages = stagesOf(stack);
            const ingresses = ingressesOf(stack);
            return [
                ...stages.map((stage) => ({
                    subject: stage,
                    judge: () => limitedAtGateway(stage, stack, numbers),
                })),
                ...each(stack.ofType(planKeyType), (membership) => holdsKey(membership, stack)),
                staleSharedPlans(numbers.sharedPlans, usagePlans(stack)),
                ...eachProxy(stack, (service) => limitedAtIngress(service, stack, numbers), ingresses),
                ...(stages.length > 0 &&
                ingresses.length === 0 &&
                !joinsEdge(stack) &&
                !phaseOf(stack).plainEntrance
                    ? [noIngress]
                    : []),
            ];
        },
    };
}

/** A key in a plan from elsewhere would be throttled as that plan says. */
function holdsKey(membership: Resource, stack: Stack): readonly Finding[] {
    const isForeign = (id: Value): boolean => isJoinedKey(id, stack);
    joinedUnless(isForeign, membership, "keyId", "aws:apigateway/apiKey:ApiKey", idsOf);
    joined(membership, "usagePlanId", "aws:apigateway/usagePlan:UsagePlan", idsOf);
    return [];
}

const noIngress: Check = {
    judge: () => [
        {
            at: "mesh ingress",
            found: "public API stages, but no ECS service behind a load balancer",
            required: "an ingress that counts the requests of each user",
        },
    ],
};
