import { expect } from "chai";
import { meshMtls } from "../../../policies/rules/meshMtls";
import { edited } from "../support/edit";
import { inboundSocket, inboundTls } from "../support/paths";
import { application, bootstraps, ecsService, orderService, shop, sidecar } from "../support/shop";
import { unknownText } from "../support/stack";
import { findings } from "../support/table";
import { verdicts } from "../support/verdicts";

const rule = meshMtls();
describe("mesh-mtls", () => {
    it("accepts what the generators make, at the first preview", async () => {
        expect(await verdicts(shop(), [rule])).to.deep.equal([]);
    });

    it("tells resource, found, required, fix, clause and documentation", async () => {
        const bootstrap = edited(bootstraps.order(), [...inboundTls, "require_client_certificate"], false);
        const [verdict, ...others] = await verdicts(orderService(bootstrap), [rule]);
        expect(others).to.deep.equal([]);
        expect(verdict?.message).to.equal(
            [
                "Every ECS service speaks mutual TLS through an Envoy sidecar: to its callers and to its callees.",
                'aws:ecs/service:Service "order-service":',
                '  - bootstrap.static_resources.listeners["inbound"].filter_chains["inbound"].transport_socket.typed_config.require_client_certificate: found false; required true',
                "  Fix: deploy the service with MeshedService (or MeshIngress) and leave the listeners and clusters of its Envoy bootstrap as generated.",
                '  Why: ADR-003, "mTLS for all service communication". More: docs/policies.md#mesh-mtls',
            ].join("\n"),
        );
    });

    it("refuses a missing sidecar", async () => {
        expect(await findings(rule, ecsService("order-service", [application()]))).to.deep.equal([
            'containerDefinitions: found the containers "application"; required exactly one container named "envoy"',
        ]);
    });

    it("refuses a second container of the sidecar's name", async () => {
        const containers = [sidecar(bootstraps.order()), sidecar(bootstraps.order())];
        expect(await findings(rule, ecsService("order-service", containers))).to.deep.equal([
            'containerDefinitions: found the containers "envoy", "envoy"; required exactly one container named "envoy"',
        ]);
    });

    it("refuses a sidecar without a bootstrap", async () => {
        const container = edited(
            sidecar(bootstraps.order()),
            ["environment", "ENVOY_BOOTSTRAP", "name"],
            "OTHER",
        );
        const [finding, ...others] = await findings(rule, ecsService("order-service", [container]));
        expect(others).to.deep.equal([]);
        expect(finding).to.match(/required the proxy's bootstrap in exactly one variable ENVOY_BOOTSTRAP$/);
    });

    it("refuses container definitions that are unknown, and judges the other services", async () => {
        const [task, service] = ecsService("order-service", []);
        const unknownTask = edited(task!, ["props", "containerDefinitions"], unknownText);
        const plain = edited(bootstraps.payment(), inboundSocket, undefined);
        const found = await verdicts(
            [unknownTask, service!, ...ecsService("payment-service", [sidecar(plain)])],
            [rule],
        );
        expect(found.map(({ resource, mandatory }) => [resource, mandatory])).to.deep.equal([
            ["order-service", true],
            ["payment-service", true],
        ]);
        expect(found[0]?.findings).to.deep.equal([
            "containerDefinitions: found a value that is unknown until it is deployed; required JSON text that is known at preview",
        ]);
    });

    it("refuses fields in a spelling that ECS also takes", async () => {
        const { environment, ...container } = sidecar(bootstraps.order());
        const [finding] = await findings(
            rule,
            ecsService("order-service", [{ ...container, Environment: environment! }]),
        );
        expect(finding).to.equal(
            'containerDefinitions["envoy"].Environment: found the spelling "Environment"; required the spelling "environment"',
        );
    });

    it("has nothing to say about a program without ECS services", async () => {
        const others = shop().filter(({ type }) => !type.startsWith("aws:ecs/"));
        expect(await verdicts(others, [rule])).to.deep.equal([]);
    });
});
