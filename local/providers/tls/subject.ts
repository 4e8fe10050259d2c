import type { JsonName } from "@peculiar/x509";
import { isList } from "../rpc/values";
import type { Props, Value } from "../rpc/values";

/** Attributes in the order in which the real provider (Go's crypto/x509/pkix) writes them. */
const ATTRIBUTES: readonly (readonly [property: string, type: string])[] = [
    ["country", "C"],
    ["organization", "O"],
    ["organizationalUnit", "OU"],
    ["locality", "L"],
    ["province", "ST"],
    ["streetAddresses", "2.5.4.9"],
    ["postalCode", "2.5.4.17"],
    ["commonName", "CN"],
    ["serialNumber", "2.5.4.5"],
    ["emailAddress", "E"],
];

/** The distinguished name for a `subject` argument. */
export function distinguishedName(subject: Props): JsonName {
    return ATTRIBUTES.flatMap(([property, type]) => {
        const values = texts(subject[property]);
        return values.length === 0 ? [] : [{ [type]: values }];
    });
}

function texts(value: Value | undefined): string[] {
    const values = isList(value) ? value : [value];
    return values.filter((item): item is string => typeof item === "string" && item !== "");
}
