/* Replacements: ForceNew in hashicorp/terraform-provider-aws, internal/service/servicediscovery/*.go. */
import type { Props, Value } from "../../rpc/values";
import { equal, isList, isProps } from "../../rpc/values";
import type { Table } from "../../table/emulation";
import { LOWER, UPPER, arnOfId } from "../forms";

export const discovery: Table = {
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": {
        id: (r) => `ns-${r.letters(LOWER, 16)}`,
        outputs: {
            arn: arnOfId("servicediscovery", "namespace/"),
            hostedZone: (r) => `Z${r.letters(UPPER, 20, "zone")}`,
        },
        autoname: { property: "name" },
        replaces: ["name", "vpc"],
    },
    "aws:servicediscovery/service:Service": {
        id: (r) => `srv-${r.letters(LOWER, 16)}`,
        outputs: {
            arn: arnOfId("servicediscovery", "service/"),
            namespaceId: (r) => at(r.input("dnsConfig"), "namespaceId") ?? null,
            type: (r) => (r.input("dnsConfig") === undefined ? "HTTP" : "DNS_HTTP"),
        },
        autoname: { property: "name" },
        defaults: { forceDestroy: false },
        replaces: ["name", "namespaceId", "type", "healthCheckCustomConfig"],
        // A record's TTL is updated in place; its type and the routing of answers are not.
        replacesWhen: (before, after) => [
            ...(equal(fixedDns(before), fixedDns(after)) ? [] : ["dnsConfig"]),
            ...(equal(at(before.healthCheckConfig, "type"), at(after.healthCheckConfig, "type"))
                ? []
                : ["healthCheckConfig"]),
        ],
    },
};

function fixedDns({ dnsConfig }: Props): Value {
    const records = at(dnsConfig, "dnsRecords");
    return [
        at(dnsConfig, "namespaceId") ?? null,
        at(dnsConfig, "routingPolicy") ?? null,
        isList(records) ? records.map((record) => at(record, "type") ?? null) : null,
    ];
}

function at(value: Value | undefined, key: string): Value | undefined {
    return isProps(value) ? value[key] : undefined;
}
