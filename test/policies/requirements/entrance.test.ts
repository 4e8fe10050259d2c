import { expect } from "chai";
import { meshMtls } from "../../../policies/rules/meshMtls";
import { edited } from "../support/edit";
import { ingressTls, peer } from "../support/paths";
import { bootstraps, ecsService, ingressService, sidecar } from "../support/shop";
import { unknownText } from "../support/stack";
import { findings } from "../support/table";

const rule = meshMtls();

/** What is no ingress has to ask for what every member asks for. */
const context =
    'bootstrap.static_resources.listeners["ingress"].filter_chains["ingress"].transport_socket.typed_config.common_tls_context';
const asMember = [
    `${context}.tls_params.tls_minimum_protocol_version: found "TLSv1_2"; required at least TLSv1_3`,
    `${context}.validation_context.match_typed_subject_alt_names: found nothing; required SPIFFE identities of the mesh's trust domain (URI)`,
];

describe("The entrance to the mesh", () => {
    it("refuses a load balancer in front of the application", async () => {
        const [, service] = ingressService();
        const published = edited(service!, ["props", "loadBalancers", 0, "containerName"], "application");
        expect(await findings(rule, [ingressService()[0]!, published])).to.deep.equal([
            'loadBalancers[0].containerName: found "application"; required "envoy"',
            ...asMember,
        ]);
    });

    it("refuses a load balancer on a port without mutual TLS", async () => {
        const [, service] = ingressService();
        const published = edited(service!, ["props", "loadBalancers", 0, "containerPort"], 9901);
        expect(await findings(rule, [ingressService()[0]!, published])).to.deep.equal([
            "loadBalancers[0].containerPort: found 9901; required a port on which the proxy asks for mutual TLS",
        ]);
    });

    it("refuses load balancers that are unknown", async () => {
        expect(
            await findings(rule, ingressService(bootstraps.ingress(), { loadBalancers: unknownText })),
        ).to.deep.equal([
            "loadBalancers: found a value that is unknown until it is deployed; required a list that is known at preview",
        ]);
    });

    it("refuses an ingress that lets members of the mesh in without an identity", async () => {
        const trusting = edited(bootstraps.ingress(), [...ingressTls, ...peer, "trusted_ca"], {
            environment_variable: "MESH_TRUST",
        });
        const [finding, ...others] = await findings(rule, ingressService(trusting));
        expect(others).to.deep.equal([]);
        expect(finding).to.match(
            /required API Gateway's own client certificate, or a SPIFFE identity to match$/,
        );
    });

    it("refuses the ingress's exceptions to a service that no load balancer reaches", async () => {
        const found = await findings(rule, ecsService("ingress", [sidecar(bootstraps.ingress())]));
        expect(found.map((line) => line.replace(/^.*; /, ""))).to.deep.equal([
            "required at least TLSv1_3",
            "required SPIFFE identities of the mesh's trust domain (URI)",
        ]);
    });
});
