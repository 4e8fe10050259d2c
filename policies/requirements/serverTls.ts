import { gatherOver, type Finding } from "../finding";
import type { Listener } from "../facts/envoy/listener";
import { peerNames, transportOf, validationOf } from "../facts/envoy/tls";
import type { Value } from "../facts/value";
import { checksPeer, namesPeer, showsCertificate } from "./peer";

const anyMember = /^spiffe:\/\/[a-z0-9][a-z0-9._-]*\//;

/** Every suite of a group `[a|b]` that peers may choose from. Those of TLS 1.3 are all strong, and not configured. */
const suite = "ECDHE-(ECDSA|RSA)-(AES\\d+-GCM-SHA\\d+|CHACHA20-POLY1305)";
const strongSuites = new RegExp(`^(${suite}|\\[${suite}(\\|${suite})*\\])$`);

/** Who connects to a listener: other members of the mesh, or API Gateway, which has no SPIFFE identity and speaks TLS 1.2. */
export interface Entrance {
    readonly from: "mesh" | "gateway";
    /** Whether a CA is the one that the mesh's own members come from. */
    readonly isMeshTrust: (anchor: Value) => boolean;
}

/** Every way into the listener asks for a client certificate. */
export function requiresMutualTls(listener: Listener, entrance: Entrance): readonly Finding[] {
    const { message, chains } = listener;
    if (!message.get("api_listener").isMissing || chains.length === 0) {
        return [message.finding("filter chains with mutual TLS")];
    }
    return gatherOver(chains, (chain) => chainRequires(chain, entrance));
}

function chainRequires(chain: Value, entrance: Entrance): readonly Finding[] {
    const { kind, context } = transportOf(chain);
    if (kind !== "server TLS") {
        const found = kind === "plain text" ? "plain text" : context.shown;
        return [chain.get("transport_socket").finding("mutual TLS (a DownstreamTlsContext)", found)];
    }
    const required = context.get("require_client_certificate");
    return [
        ...required.require(required.isTrue, "true"),
        ...checksPeer(context),
        ...showsCertificate(context),
        ...versions(context, entrance),
        ...identity(context, entrance),
    ];
}

function versions(context: Value, { from }: Entrance): readonly Finding[] {
    const minimum = context.get("common_tls_context", "tls_params", "tls_minimum_protocol_version");
    const maximum = context.get("common_tls_context", "tls_params", "tls_maximum_protocol_version");
    const suites = context.get("common_tls_context", "tls_params", "cipher_suites");
    const enough = from === "mesh" ? ["TLSv1_3"] : ["TLSv1_2", "TLSv1_3"];
    return [
        ...minimum.require(enough.includes(minimum.text ?? ""), `at least ${enough[0] ?? ""}`),
        ...maximum.require(
            maximum.isMissing || enough.includes(maximum.text ?? ""),
            `${enough[0] ?? ""} or later`,
        ),
        ...suites
            .items()
            .flatMap((suite) =>
                suite.require(
                    strongSuites.test(suite.text ?? ""),
                    "ECDHE with AES-GCM or ChaCha20: forward secrecy and authenticated encryption",
                ),
            ),
    ];
}

/** A gateway is known by an anchor of its own; a listener that trusts the mesh's CA must ask for a member's identity. */
function identity(context: Value, { from, isMeshTrust }: Entrance): readonly Finding[] {
    const anchor = validationOf(context).get("trusted_ca");
    if (from === "gateway" && peerNames(context).length === 0) {
        return anchor.require(
            !isMeshTrust(anchor),
            "API Gateway's own client certificate, or a SPIFFE identity to match",
        );
    }
    return namesPeer(context, "SPIFFE identities of the mesh's trust domain (URI)", (matcher) =>
        anyMember.test(matcher.get("exact").text ?? matcher.get("prefix").text ?? ""),
    );
}
