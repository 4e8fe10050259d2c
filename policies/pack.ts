import { PolicyPack } from "@pulumi/policy";
import { asPolicy } from "./rule";
import { rules } from "./rules/all";

/** Constructing the pack starts its server, one a process: nothing else may import this file. */
new PolicyPack("adr-003", {
    displayName: "ADR-003: API gateway and service mesh",
    description: "Holds every deploy to ADR-003: mutual TLS, circuit breaker, rate limit.",
    enforcementLevel: "mandatory",
    policies: rules.map(asPolicy),
});
