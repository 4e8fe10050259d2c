import { PolicyPack } from "@pulumi/policy";
import { exceptionsInForce } from "./exceptions";
import { asRemediation, remediations } from "./remediation";
import { asPolicy } from "./rule";
import { rules } from "./rules/all";
import { waitingRules } from "./waiting";

/** Constructing the pack starts its server, one a process: nothing else may import this file. */
new PolicyPack("adr-003", {
    displayName: "ADR-003: API gateway and service mesh",
    description: "Holds every deploy to ADR-003: at the gateway, in the mesh and below both.",
    enforcementLevel: "mandatory",
    policies: [...rules.map(asPolicy), ...remediations.map(asRemediation), waitingRules, exceptionsInForce],
});
