import type { Finding } from "../finding";
import { leavingTask, type Bootstrap } from "../facts/envoy/bootstrap";
import { virtualHosts } from "../facts/envoy/http";
import { secondsOf } from "../facts/envoy/message";
import type { Value } from "../facts/value";

/** Envoy's own, where a route says nothing. Source: Envoy, `RouteAction.timeout`. */
const defaultSeconds = 15;
/** The window in which ADR-003 counts: who waits longer sees no failure within it. */
const longestSeconds = 60;

/**
 * A breaker counts failures: an instance that never answers fails when its caller gives up, and an answer that the callee's proxy gives for
 * an application that is down stays a failure.
 */
export function failuresShow(manager: Value, bootstrap: Bootstrap): readonly Finding[] {
    const outside = new Set(leavingTask(bootstrap).map(({ message }) => message.get("name").text));
    return [
        ...virtualHosts(manager)
            .flatMap((host) => host.get("routes").items())
            .map((route) => route.get("route"))
            .filter((action) => clustersOf(action).some((name) => outside.has(name)))
            .map((action) => action.get("timeout"))
            .flatMap((timeout) => {
                const seconds = secondsOf(timeout, defaultSeconds);
                return timeout.require(
                    seconds > 0 && seconds <= longestSeconds,
                    `more than 0 and at most ${longestSeconds} s`,
                );
            }),
        ...manager
            .get("local_reply_config", "mappers")
            .items()
            .map((mapper) => mapper.get("status_code"))
            .flatMap((status) =>
                status.require(status.isMissing, "nothing: a refusal or a failure stays one"),
            ),
    ];
}

function clustersOf(action: Value): readonly (string | undefined)[] {
    const weighted = action.get("weighted_clusters", "clusters").items();
    return [action.get("cluster"), ...weighted.map((one) => one.get("name"))].map(({ text }) => text);
}
