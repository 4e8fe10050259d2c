import { meshMtls } from "../../../policies/rules/meshMtls";
import {
    application,
    callee,
    calleeTls,
    certificates,
    hostAddress,
    peer,
    peerNames,
    versions,
} from "../support/paths";
import { bootstraps, orderService } from "../support/shop";
import { acceptsEach, refusesEach, type Change } from "../support/table";

const exactly = "required exactly spiffe://shop.internal/payment-service (URI)";
const mutual = "required mutual TLS (an UpstreamTlsContext)";
const onlyVersion = "required TLSv1_3 (an upstream's maximum defaults to 1.2)";
const proxySocket = "envoy.extensions.transport_sockets.http_11_proxy.v3.Http11ProxyUpstreamTransport";

const changes: readonly Change[] = [
    [
        "plain text",
        [...callee, "transport_socket"],
        undefined,
        `transport_socket: found plain text; ${mutual}`,
    ],
    [
        "another transport for some hosts",
        [...callee, "transport_socket_matches"],
        [{ name: "plain" }],
        "required nothing: the cluster's one transport socket",
    ],
    [
        "no certificate of its own",
        [...calleeTls, ...certificates],
        undefined,
        "found nothing; required a certificate and its private key",
    ],
    [
        "a certificate without its key",
        [...calleeTls, ...certificates, 0, "private_key"],
        undefined,
        "private_key: found nothing; required a data source",
    ],
    ["any callee", [...calleeTls, ...peerNames], undefined, `found nothing; ${exactly}`],
    [
        "another callee",
        [...calleeTls, ...peerNames, 0, "matcher"],
        { exact: "spiffe://shop.internal/order-service" },
        exactly,
    ],
    [
        "callees whose identity begins alike",
        [...calleeTls, ...peerNames, 0, "matcher"],
        { prefix: "spiffe://shop.internal/payment-service" },
        exactly,
    ],
    [
        "Envoy's default maximum version",
        [...calleeTls, ...versions, "tls_maximum_protocol_version"],
        undefined,
        `found nothing; ${onlyVersion}`,
    ],
    [
        "TLS 1.2",
        [...calleeTls, ...versions, "tls_minimum_protocol_version"],
        "TLSv1_2",
        `found "TLSv1_2"; ${onlyVersion}`,
    ],
    [
        "an address that names nobody",
        [...callee, ...hostAddress],
        "10.0.0.7",
        "found the addresses 10.0.0.7; required one callee by its name <service>.<trust domain>, so that its identity can be pinned",
    ],
    [
        "the address of another callee",
        [...callee, ...hostAddress],
        "other.shop.internal",
        "required exactly spiffe://shop.internal/other (URI)",
    ],
];

const local: readonly Change[] = [
    [
        "an address beyond the task",
        [...application, ...hostAddress],
        "10.0.0.9",
        `clusters["application"].transport_socket: found plain text; ${mutual}`,
    ],
    [
        "hosts that are listed elsewhere",
        [...application, "load_assignment", "endpoints", 1],
        { leds_cluster_locality_config: { leds_collection_name: "x" } },
        `clusters["application"].transport_socket: found plain text; ${mutual}`,
    ],
    [
        "a tunnel to the outside",
        [...application, "transport_socket"],
        { name: "tunnel", typed_config: { "@type": `type.googleapis.com/${proxySocket}` } },
        "required plain text or TLS: what a wrapping socket does cannot be judged",
    ],
];

describe("A call that leaves the task", () => {
    refusesEach(meshMtls(), bootstraps.order(), orderService, changes);
    refusesEach(meshMtls(), bootstraps.order(), orderService, [
        [
            "a callee that is not verified",
            [...calleeTls, ...peer, "trusted_ca"],
            undefined,
            "found nothing; required the CA that the peer's certificate must come from",
        ],
    ]);
});

describe("A call to the application beside the proxy", () => {
    refusesEach(meshMtls(), bootstraps.order(), orderService, local);
    acceptsEach(meshMtls(), bootstraps.order(), orderService, [
        ["a pipe", [...application, ...hostAddress.slice(0, 7)], { pipe: { path: "/run/application" } }],
    ]);
});
