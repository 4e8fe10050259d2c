import { meshMtls } from "../../../policies/rules/meshMtls";
import {
    egressListener,
    inboundSocket,
    inboundTls,
    peer,
    peerNames,
    versions,
    certificates,
} from "../support/paths";
import { bootstraps, orderService } from "../support/shop";
import { acceptsEach, refusesEach, type Change } from "../support/table";

const onlyIdentities = "required SPIFFE identities of the mesh's trust domain (URI)";
const mutual = "required mutual TLS (a DownstreamTlsContext)";
const egressInPlainText = `listeners["egress-payment-service"].filter_chains["egress-payment-service"].transport_socket: found plain text; ${mutual}`;
const otherSocket = "type.googleapis.com/envoy.extensions.transport_sockets.tap.v3.Tap";
const minimum = [...inboundTls, ...versions, "tls_minimum_protocol_version"];
const maximum = [...inboundTls, ...versions, "tls_maximum_protocol_version"];

const transport: readonly Change[] = [
    ["plain text", inboundSocket, undefined, `transport_socket: found plain text; ${mutual}`],
    ["a wrapping socket", [...inboundTls, "@type"], otherSocket, mutual],
    [
        "a second chain in plain text",
        [...inboundSocket.slice(0, 3), "default_filter_chain"],
        { filters: [] },
        `default_filter_chain.transport_socket: found plain text; ${mutual}`,
    ],
    [
        "no chains",
        [...inboundSocket.slice(0, 3), "filter_chains"],
        [],
        "required filter chains with mutual TLS",
    ],
    [
        "an API listener",
        [...inboundSocket.slice(0, 3), "api_listener"],
        {},
        "required filter chains with mutual TLS",
    ],
    ["TLS 1.2", minimum, "TLSv1_2", 'found "TLSv1_2"; required at least TLSv1_3'],
    ["no minimum version", minimum, undefined, "found nothing; required at least TLSv1_3"],
    ["a maximum of TLS 1.2", maximum, "TLSv1_2", 'found "TLSv1_2"; required TLSv1_3 or later'],
    [
        "no certificate of its own",
        [...inboundTls, ...certificates],
        [],
        "tls_certificates: found []; required a certificate and its private key",
    ],
];

const callers: readonly Change[] = [
    [
        "a wanted certificate that is off",
        [...inboundTls, "require_client_certificate"],
        false,
        "found false; required true",
    ],
    [
        "no wanted certificate",
        [...inboundTls, "require_client_certificate"],
        undefined,
        "found nothing; required true",
    ],
    [
        "no CA",
        [...inboundTls, ...peer, "trusted_ca"],
        undefined,
        "trusted_ca: found nothing; required the CA that the peer's certificate must come from",
    ],
    [
        "an empty CA",
        [...inboundTls, ...peer, "trusted_ca"],
        { inline_string: "" },
        `trusted_ca: found {"inline_string":""}; required the CA that the peer's certificate must come from`,
    ],
    [
        "callers of any CA",
        [...inboundTls, ...peer, "trust_chain_verification"],
        "ACCEPT_UNTRUSTED",
        'found "ACCEPT_UNTRUSTED"; required VERIFY_TRUST_CHAIN',
    ],
    [
        "expired certificates",
        [...inboundTls, ...peer, "allow_expired_certificate"],
        true,
        "found true; required no expired certificates",
    ],
    [
        "another validator",
        [...inboundTls, ...peer, "custom_validator_config"],
        { name: "mine" },
        'found {"name":"mine"}; required nothing: trusted_ca and match_typed_subject_alt_names decide',
    ],
    ["no identity", [...inboundTls, ...peerNames], undefined, `found nothing; ${onlyIdentities}`],
    ["names that are no identity", [...inboundTls, ...peerNames, 0, "san_type"], "DNS", onlyIdentities],
    [
        "any trust domain",
        [...inboundTls, ...peerNames, 0, "matcher"],
        { prefix: "spiffe://" },
        onlyIdentities,
    ],
    [
        "one loose identity among others",
        [...inboundTls, ...peerNames, 1],
        { san_type: "URI", matcher: { safe_regex: { regex: ".*" } } },
        onlyIdentities,
    ],
];

const unexpected: readonly Change[] = [
    [
        "on the network",
        [...egressListener, "address", "socket_address", "address"],
        "0.0.0.0",
        egressInPlainText,
    ],
    [
        "at a name instead of an address",
        [...egressListener, "address", "socket_address", "address"],
        "localhost",
        egressInPlainText,
    ],
    [
        "on a second address",
        [...egressListener, "additional_addresses"],
        [{ address: { socket_address: { address: "::", port_value: 1 } } }],
        egressInPlainText,
    ],
    [
        "that others tunnel to",
        [...egressListener, "address"],
        { envoy_internal_address: { server_listener_name: "x" } },
        egressInPlainText,
    ],
];

describe("What a listener on the network must ask for", () => {
    refusesEach(meshMtls(), bootstraps.order(), orderService, transport);
    refusesEach(meshMtls(), bootstraps.order(), orderService, callers);
    acceptsEach(meshMtls(), bootstraps.order(), orderService, [
        [
            "one caller by its identity",
            [...inboundTls, ...peerNames, 0, "matcher"],
            { exact: "spiffe://shop.internal/a" },
        ],
        ["Envoy's default maximum", maximum, undefined],
        ["a CA from a file", [...inboundTls, ...peer, "trusted_ca"], { filename: "/etc/ca.pem" }],
    ]);
});

describe("A listener for the application", () => {
    refusesEach(meshMtls(), bootstraps.order(), orderService, unexpected);
    acceptsEach(meshMtls(), bootstraps.order(), orderService, [
        ["a pipe", [...egressListener, "address"], { pipe: { path: "/run/payment" } }],
        ["IPv6 loopback", [...egressListener, "address", "socket_address", "address"], "::1"],
    ]);
});
