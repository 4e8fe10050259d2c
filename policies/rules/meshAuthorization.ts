import { gather, gatherOver } from "../finding";
import { callGraphOf, memberName } from "../facts/callGraph";
import { facingNetwork, managersOf } from "../facts/envoy/bootstrap";
import { sidecarOf } from "../facts/sidecar";
import { callsDeclared, letsIn } from "../requirements/authorization";
import { believesDeclaredCallers } from "../requirements/identityHeaders";
import { eachProxy } from "../requirements/proxies";
import { setsNoBelievedHeader } from "../requirements/setHeaders";
import { readsAsApplications } from "../requirements/unambiguous";
import type { Rule } from "../rule";

/** ADR-003: a service is called by whom the call graph names, and by nobody else. */
export function meshAuthorization(): Rule {
    return {
        id: "mesh-authorization",
        title: "Callers as declared, everybody else denied",
        description:
            "Every sidecar denies by default and lets in exactly the callers of the mesh's declared call graph; no proxy can call anybody else.",
        clause: "Service-to-service authentication; Access control",
        severity: "critical",
        controls: [],
        remediation: "declare the call in the caller's calls, and leave the RBAC filter as generated.",
        settings: {},
        waiting: {
            1: "the proxies that would refuse callers do not run yet: every service may call every other",
        },
        checks: (stack) =>
            eachProxy(stack, (service) => {
                const graph = callGraphOf(stack);
                const { bootstrap, isIngress } = sidecarOf(service);
                const member = graph.serviceOf(memberName(service));
                const callers = graph.callersOf(member);
                const registered = service.parent?.props.get("callers");
                return gather(
                    () =>
                        isIngress
                            ? []
                            : gatherOver(facingNetwork(bootstrap), (listener) =>
                                  letsIn(listener, member, graph),
                              ),
                    () =>
                        isIngress
                            ? []
                            : gatherOver(facingNetwork(bootstrap), (listener) =>
                                  believesDeclaredCallers(listener, graph.trustDomain, callers ?? []),
                              ),
                    () => gatherOver(managersOf(bootstrap.listeners), setsNoBelievedHeader),
                    () => gatherOver(managersOf(facingNetwork(bootstrap)), readsAsApplications),
                    () => callsDeclared(bootstrap, member, graph),
                    () =>
                        isIngress || registered === undefined || registered.isMissing
                            ? []
                            : registered.require(
                                  JSON.stringify(registered.plain) === JSON.stringify(callers),
                                  "the callers that the mesh registered",
                              ),
                );
            }),
    };
}
