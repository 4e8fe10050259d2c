import { drained } from "../proxyScripts";
import { tlsVariables } from "../envoy/tls";
import { certificateFiles, certificateFolder } from "./spec/tls";

/** The agent that starts App Mesh's Envoy, fetches its configuration and reads certificates from files. Source: AWS App Mesh user guide, "Agent for Envoy". */
const agent = "/usr/bin/agent";

type Material = keyof typeof certificateFiles;

const ofMember: readonly Material[] = ["certificate", "privateKey", "trust"];
const ofGateway: readonly Material[] = ["gatewayCertificate", "gatewayPrivateKey", "gatewayTrust"];

/**
 * Writes the certificates that ECS hands over in variables to files that only the proxy's user may read, forgets the variables, because
 * the agent logs what it finds in its environment, and starts it; on SIGTERM it drains as every proxy of the mesh does.
 */
export function agentEntrypoint(drainSeconds: number, member: "service" | "ingress"): string {
    const material = member === "service" ? ofMember : [...ofMember, ...ofGateway];
    const write = material.map(
        (each) => `printf '%s\\n' "$${tlsVariables[each]}" > ${certificateFiles[each]}\n`,
    );
    const forget = `unset ${material.map((each) => tlsVariables[each]).join(" ")}\n`;
    const before = ["umask 077\n", `mkdir -p ${certificateFolder}\n`, ...write, forget].join("");
    return drained(drainSeconds, agent, before);
}
