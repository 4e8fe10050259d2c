import { expect } from "chai";
import { onLoopback, scriptOnLoopback } from "../../../local/lab/loopback";

const nameServer = { host: "127.77.5.1", port: 10_053 };
const node = { id: "cart", cluster: "shop.internal" };
const socket = (address: string): object => ({ socket_address: { address, port_value: 15443 } });

describe("A bootstrap in the lab", () => {
    it("has the place's address for every interface and for the task's loopback, and each port as it was", () => {
        const bootstrap = { node, listeners: [socket("0.0.0.0"), socket("127.0.0.1")] };
        expect(onLoopback(bootstrap, { host: "127.77.5.10" })).to.deep.equal({
            node,
            listeners: [socket("127.77.5.10"), socket("127.77.5.10")],
        });
    });

    it("keeps callees' names, and looks them up at the lab's name server", () => {
        const type = "type.googleapis.com/envoy.extensions.clusters.dns.v3.DnsCluster";
        const cluster = {
            typed_config: { "@type": type, respect_dns_ttl: true },
            at: socket("tax.shop.internal"),
        };
        expect(onLoopback({ node, cluster }, { host: "127.77.5.10", nameServer })).to.deep.equal({
            node,
            cluster: {
                typed_config: {
                    "@type": type,
                    respect_dns_ttl: true,
                    typed_dns_resolver_config: {
                        name: "envoy.network.dns_resolver.cares",
                        typed_config: {
                            "@type":
                                "type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig",
                            resolvers: [{ socket_address: { address: "127.77.5.1", port_value: 10_053 } }],
                            dns_resolver_options: { no_default_search_domain: true },
                        },
                    },
                },
                at: socket("tax.shop.internal"),
            },
        });
    });

    it("is drained by its entry point at the place's address", () => {
        expect(scriptOnLoopback('exec 3<>"/dev/tcp/127.0.0.1/9901"', "127.77.5.10")).to.equal(
            'exec 3<>"/dev/tcp/127.77.5.10/9901"',
        );
    });
});
