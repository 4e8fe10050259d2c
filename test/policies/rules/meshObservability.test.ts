import { expect } from "chai";
import { startHandlers } from "../../../tools/mutants/judge";
import type { Props } from "../../../tools/mutants/operator";
import { inbound, manager, type Bootstrap } from "../../../tools/mutants/operators/bootstraps";
import { shopConfiguration } from "../support/configuration";
import { realShop } from "../support/realShop";
import { bootstrap } from "./cases/case";

const handlers = startHandlers(shopConfiguration);
const inboundManager =
    'bootstrap.static_resources.listeners["inbound"].filter_chains["inbound"].filters["envoy.filters.network.http_connection_manager"].typed_config';

type Tracing = Props & { provider: { typed_config: Props } };

const tracingOf = (each: Bootstrap): Tracing => manager(inbound(each)).tracing as Tracing;

async function findings(change: (each: Bootstrap) => void): Promise<readonly string[]> {
    const verdicts = await handlers(
        "mesh-observability",
        bootstrap("order-service", change)(await realShop("preview")),
    );
    const lines = verdicts.flatMap(({ message }) => message.split("\n"));
    return lines.filter((line) => line.startsWith("  - ")).map((line) => line.slice(4));
}

describe("mesh-observability, on the traces and statistics of a proxy", () => {
    it("refuses a listener without traces", async () => {
        expect(
            await findings((each) => {
                delete manager(inbound(each)).tracing;
            }),
        ).to.deep.equal([
            `${inboundManager}.tracing.provider.typed_config: found nothing; required spans for a collector (envoy.config.trace.v3.OpenTelemetryConfig)`,
            `${inboundManager}.tracing.provider.typed_config.grpc_service.envoy_grpc.cluster_name: found nothing; required a cluster on the task's loopback`,
        ]);
    });

    for (const share of ["random_sampling", "overall_sampling"]) {
        it(`refuses a ${share} of 0`, async () => {
            expect(
                await findings((each) => {
                    tracingOf(each)[share] = { value: 0 };
                }),
            ).to.deep.equal([
                `${inboundManager}.tracing.${share}.value: found 0; required more than 0 percent`,
            ]);
        });
    }

    it("refuses spans that leave the task", async () => {
        expect(
            await findings((each) => {
                tracingOf(each).provider.typed_config.grpc_service = {
                    envoy_grpc: { cluster_name: "user-service" },
                };
            }),
        ).to.deep.equal([
            `${inboundManager}.tracing.provider.typed_config.grpc_service.envoy_grpc.cluster_name: found "user-service"; required a cluster on the task's loopback`,
        ]);
    });

    it("refuses a proxy whose statistics nobody gets", async () => {
        expect(
            await findings((each) => {
                delete each.stats_sinks;
            }),
        ).to.deep.equal([
            "bootstrap.stats_sinks: found nothing; required one sink for a collector (envoy.extensions.stat_sinks.open_telemetry.v3.SinkConfig)",
        ]);
    });
});
