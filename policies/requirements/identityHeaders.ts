import { gatherOver, type Finding } from "../finding";
import { virtualHosts } from "../facts/envoy/http";
import { connectionManagerOf, type Listener } from "../facts/envoy/listener";
import type { Value } from "../facts/value";

const identity = ["x-user-id", "x-consumer-id"];
const certificateHeader = "x-forwarded-client-cert";

/**
 * A member believes identity headers of the ingress and of declared callers only: each route either matches such a caller's
 * certificate or removes the headers. The connection manager writes the certificate's identity itself, over whatever was sent.
 */
export function believesDeclaredCallers(
    listener: Listener,
    trustDomain: string,
    callers: readonly string[],
): readonly Finding[] {
    const believed = callers.map((caller) => `;URI=spiffe://${trustDomain}/${caller}`);
    return gatherOver(listener.chains, (chain) => {
        const manager = connectionManagerOf(chain);
        if (manager === undefined) {
            return [chain.finding("an HTTP connection manager", "something else")];
        }
        const details = manager.get("forward_client_cert_details");
        const uri = manager.get("set_current_client_cert_details", "uri");
        return [
            ...details.require(
                details.text === "SANITIZE_SET",
                '"SANITIZE_SET": the verified certificate only',
            ),
            ...uri.require(uri.isTrue, "true"),
            ...virtualHosts(manager)
                .flatMap((host) => host.get("routes").items())
                .flatMap((route) => believes(route, believed)),
        ];
    });
}

function believes(route: Value, believed: readonly string[]): readonly Finding[] {
    const removed = route
        .get("request_headers_to_remove")
        .items()
        .map(({ text }) => text?.toLowerCase());
    const isOfCaller = route
        .get("match", "headers")
        .items()
        .some(
            (header) =>
                header.get("name").text?.toLowerCase() === certificateHeader &&
                header.get("invert_match").isOff &&
                believed.includes(header.get("string_match", "suffix").text ?? ""),
        );
    const answersItself = !route.get("direct_response").isMissing;
    return route.require(
        isOfCaller || answersItself || identity.every((name) => removed.includes(name)),
        `a match of a declared caller's certificate, or the removal of ${identity.join(" and ")}`,
        "identity headers that anybody may send",
    );
}
