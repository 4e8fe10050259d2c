import { expect } from "chai";
import { meshCircuitBreaker } from "../../../policies/rules/meshCircuitBreaker";
import { edited } from "../support/edit";
import { callee } from "../support/paths";
import { application, bootstraps, ecsService, ingressService, orderService, shop } from "../support/shop";
import { unknownText } from "../support/stack";
import { findings } from "../support/table";
import { verdicts } from "../support/verdicts";

const rule = meshCircuitBreaker();
const noBreaker = [
    'bootstrap.static_resources.clusters["order-service"].outlier_detection: found nothing; required a circuit breaker of 5 failures',
];

describe("mesh-circuit-breaker", () => {
    it("accepts what the generators make, at the first preview", async () => {
        expect(await verdicts(shop(), [rule])).to.deep.equal([]);
    });

    it("tells resource, found, required, fix, clause and documentation", async () => {
        const bootstrap = edited(bootstraps.order(), [...callee, "outlier_detection", "consecutive_5xx"], 50);
        const [verdict, ...others] = await verdicts(orderService(bootstrap), [rule]);
        expect(others).to.deep.equal([]);
        expect(verdict?.message).to.equal(
            [
                "Every call between services, and from the ingress, goes through a circuit breaker that takes a failing instance out.",
                'aws:ecs/service:Service "order-service":',
                '  - bootstrap.static_resources.clusters["payment-service"].outlier_detection.consecutive_5xx: found 50; required 1 to 5',
                "  Fix: declare the callee in the service's calls, and leave the outlier detection of its cluster as generated; make it stricter with circuitBreaker.",
                '  Why: ADR-003, "Circuit Breaker (5 failures in 60 seconds)". More: docs/policies.md#mesh-circuit-breaker',
            ].join("\n"),
        );
    });

    it("refuses an ingress without a breaker", async () => {
        const path = ["static_resources", "clusters", "order-service", "outlier_detection"];
        const bootstrap = edited(bootstraps.ingress(), path, undefined);
        expect(await findings(rule, ingressService(bootstrap))).to.deep.equal(noBreaker);
    });

    it("refuses a service without a sidecar", async () => {
        expect(await findings(rule, ecsService("order-service", [application()]))).to.deep.equal([
            'containerDefinitions: found the containers "application"; required exactly one container named "envoy"',
        ]);
    });

    it("refuses container definitions that are unknown, and judges the other services", async () => {
        const [task, service] = orderService(bootstraps.order());
        const unknownTask = edited(task!, ["props", "containerDefinitions"], unknownText);
        const path = ["static_resources", "clusters", "order-service", "outlier_detection"];
        const bare = ingressService(edited(bootstraps.ingress(), path, undefined));
        expect(await findings(rule, [unknownTask, service!, ...bare])).to.deep.equal([
            "containerDefinitions: found a value that is unknown until it is deployed; required JSON text that is known at preview",
            ...noBreaker,
        ]);
    });

    it("has nothing to say about a program without ECS services", async () => {
        const others = shop().filter(({ type }) => !type.startsWith("aws:ecs/"));
        expect(await verdicts(others, [rule])).to.deep.equal([]);
    });
});
