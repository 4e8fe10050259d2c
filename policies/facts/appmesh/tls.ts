import type { Plain, PlainObject } from "../plain";
import type { Value } from "../value";

const context = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3";

/** Where a file's content comes from, if the container's entry point writes it from a variable. */
export type FileSource = (path: string) => PlainObject;

/** How a listener is carried: mutual TLS where it asks for it in every case, else whatever comes, plain text too. */
export function serverTransport(tls: Value, sourceOf: FileSource): PlainObject {
    if (tls.get("mode").text !== "STRICT") {
        return {};
    }
    const validation = tls.get("validation");
    return socket("DownstreamTlsContext", {
        require_client_certificate: !validation.isMissing,
        common_tls_context: common(tls, sourceOf, namesOf(validation)),
    });
}

/** How a callee is reached at a port: by the client policy, where it is enforced there, else in plain text. */
export function clientTransport(
    policy: Value,
    port: number | undefined,
    sourceOf: FileSource,
    names = namesOf(policy.get("tls", "validation")),
): PlainObject {
    const tls = policy.get("tls");
    const [enforce, ports] = [tls.get("enforce"), tls.get("ports")];
    const isEnforced = enforce.isMissing || enforce.isTrue;
    const isHere = ports.items().length === 0 || ports.items().some(({ number }) => number === port);
    return tls.isMissing || !isEnforced || !isHere
        ? {}
        : socket("UpstreamTlsContext", { common_tls_context: common(tls, sourceOf, names) });
}

/** Names that are accepted of a peer. */
export function namesOf(validation: Value): readonly (string | undefined)[] {
    const match = validation.get("subjectAlternativeNames", "match");
    return match
        .get("exacts")
        .items()
        .map(({ text }) => text);
}

function common(tls: Value, sourceOf: FileSource, names: readonly (string | undefined)[]): PlainObject {
    const [own, validation] = [tls.get("certificate", "file"), tls.get("validation")];
    const pair: PlainObject = {
        certificate_chain: fileOf(own.get("certificateChain"), sourceOf),
        private_key: fileOf(own.get("privateKey"), sourceOf),
    };
    const certificate: PlainObject = own.isMissing ? {} : { tls_certificates: [pair] };
    const trust = validation.get("trust", "file", "certificateChain");
    return {
        ...certificate,
        ...(validation.isMissing
            ? {}
            : {
                  validation_context: {
                      trusted_ca: fileOf(trust, sourceOf),
                      match_typed_subject_alt_names: names.map((exact) => ({
                          san_type: "URI",
                          matcher: { exact: exact ?? null },
                      })),
                  },
              }),
    };
}

function fileOf(path: Value, sourceOf: FileSource): Plain {
    return path.text === undefined ? null : sourceOf(path.text);
}

function socket(type: string, message: PlainObject): PlainObject {
    return {
        transport_socket: {
            name: "envoy.transport_sockets.tls",
            typed_config: { "@type": `${context}.${type}`, ...message },
        },
    };
}
