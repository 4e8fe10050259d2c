import { expect } from "chai";
import { meshMtls } from "../../../policies/rules/meshMtls";
import { edited } from "../support/edit";
import { inboundTls } from "../support/paths";
import { bootstraps, ecsService, orderService, sidecar } from "../support/shop";
import { findings, refusesEach } from "../support/table";

const rule = meshMtls();
const elsewhere = "found configuration from elsewhere; required static configuration";

describe("A proxy's configuration", () => {
    refusesEach(rule, bootstraps.order(), orderService, [
        [
            "resources that arrive later",
            ["dynamic_resources"],
            { cds_config: { ads: {} } },
            `bootstrap.dynamic_resources: ${elsewhere}`,
        ],
        [
            "a CA that arrives later",
            [...inboundTls, "common_tls_context", "validation_context_sds_secret_config"],
            { name: "ca", sds_config: { ads: {} } },
            `validation_context_sds_secret_config.sds_config: ${elsewhere}`,
        ],
        [
            "a client that needs no cluster",
            ["stats_sinks"],
            [{ typed_config: { grpc_service: { google_grpc: { target_uri: "x" } } } }],
            `grpc_service.google_grpc: ${elsewhere}`,
        ],
        [
            "an administration interface on the network",
            ["admin", "address", "socket_address", "address"],
            "0.0.0.0",
            'found {"socket_address":{"address":"0.0.0.0","port_value":9901}}; required a loopback address',
        ],
    ]);

    for (const [title, command] of [
        ["another configuration file", 'envoy -c /etc/envoy.yaml --config-yaml "$ENVOY_BOOTSTRAP"'],
        ["a changed bootstrap", 'ENVOY_BOOTSTRAP={}; envoy --config-yaml "$ENVOY_BOOTSTRAP"'],
        ["a second configuration", 'envoy --config-yaml "$ENVOY_BOOTSTRAP" --config-yaml {}'],
        ["no configuration", "envoy"],
    ] as const) {
        it(`refuses ${title} on the command line`, async () => {
            const container = edited(sidecar(bootstraps.order()), ["command"], [command]);
            expect(await findings(rule, ecsService("order-service", [container]))).to.deep.equal([
                `containerDefinitions["envoy"].command: found ${JSON.stringify([command])}; required a shell's script with envoy --config-yaml "$ENVOY_BOOTSTRAP", once, and no other configuration`,
            ]);
        });
    }
});
