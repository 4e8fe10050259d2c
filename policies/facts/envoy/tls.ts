import type { Value } from "../value";
import { typeOf } from "./message";

const types = "envoy.extensions.transport_sockets";

/** How a listener or a cluster is carried. */
export interface Transport {
    readonly kind: "server TLS" | "client TLS" | "plain text" | "other";
    /** The TLS context, or the socket's configuration. */
    readonly context: Value;
}

const kinds: Readonly<Record<string, Transport["kind"]>> = {
    [`${types}.tls.v3.DownstreamTlsContext`]: "server TLS",
    [`${types}.tls.v3.UpstreamTlsContext`]: "client TLS",
    [`${types}.raw_buffer.v3.RawBuffer`]: "plain text",
};

/** Sockets that wrap another one (tunnels, proxies, sniffers) are "other": what is inside may leave in plain text. */
export function transportOf(owner: Value): Transport {
    const socket = owner.get("transport_socket");
    if (socket.isMissing) {
        return { kind: "plain text", context: socket };
    }
    const context = socket.get("typed_config");
    return { kind: kinds[typeOf(context) ?? ""] ?? "other", context };
}

/** Names in a certificate that a TLS context accepts of its peer. */
export function peerNames(context: Value): readonly Value[] {
    return validationOf(context).get("match_typed_subject_alt_names").items();
}

export function validationOf(context: Value): Value {
    return context.get("common_tls_context", "validation_context");
}

/** Whether a data source says where its bytes come from. Source: Envoy, `config.core.v3.DataSource`. */
export function isGiven(source: Value): boolean {
    const kindsGiven = ["filename", "inline_string", "inline_bytes", "environment_variable"];
    return kindsGiven.some((kind) => (source.get(kind).text ?? "") !== "");
}
