import { sidecarOf } from "../facts/sidecar";
import { gather } from "../finding";
import { adminIsNarrow } from "../requirements/admin";
import { hasKnownFields } from "../requirements/knownFields";
import { eachProxy } from "../requirements/proxies";
import type { Rule } from "../rule";

/** What cannot be read of a proxy may undo everything that the other rules hold. */
export function meshReadable(): Rule {
    return {
        id: "mesh-readable",
        title: "Nothing in a proxy unread",
        description:
            "Every field of every proxy's configuration is one that this pack reads, or that is known to do no harm, and its administration interface offers nothing that changes what it does.",
        clause: "mTLS for all service communication; Circuit breaker and retry logic",
        severity: "critical",
        controls: [],
        remediation:
            "leave the bootstrap as MeshedService and MeshIngress generate it; a field that is missing in this rule's list belongs into it, with the rule that reads it.",
        settings: {},
        waiting: { 1: "there are no proxies yet whose configuration could be read" },
        checks: (stack) =>
            eachProxy(stack, (service) => {
                const { bootstrap } = sidecarOf(service);
                return gather(
                    () => hasKnownFields(bootstrap.message),
                    () => adminIsNarrow(bootstrap),
                );
            }),
    };
}
