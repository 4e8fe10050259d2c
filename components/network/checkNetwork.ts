import { isIPv4 } from "node:net";
import { Issues, type Issue } from "../model/issues";

interface NetworkShape {
    readonly existing?: { readonly privateSubnetIds: readonly unknown[] };
    readonly cidrBlock?: string;
    readonly zones?: number;
}

/** A subnet a zone has 4,096 addresses (/20), so that a /16 holds up to six zones. */
export function checkNetwork({ existing, cidrBlock, zones }: NetworkShape): readonly Issue[] {
    const issues = new Issues();
    if (existing !== undefined) {
        const count = existing.privateSubnetIds.length;
        issues.require(
            count >= 2,
            "existing.privateSubnetIds",
            count,
            "at least 2 subnets in different zones",
        );
        issues.require(cidrBlock === undefined, "cidrBlock", cidrBlock, "either cidrBlock or existing");
        issues.require(zones === undefined, "zones", zones, "either zones or existing");
        return issues.all;
    }
    if (cidrBlock !== undefined) {
        issues.require(
            isPrivateSlash16(cidrBlock),
            "cidrBlock",
            cidrBlock,
            "a private IPv4 block of /16, such as 10.20.0.0/16",
        );
    }
    if (zones !== undefined) {
        const valid = Number.isInteger(zones) && zones >= 2 && zones <= 6;
        issues.require(valid, "zones", zones, "a whole number from 2 to 6");
    }
    return issues.all;
}

/** RFC 1918 blocks that have room for a /16. */
function isPrivateSlash16(block: string): boolean {
    const [address = "", length] = block.split("/");
    const [first = 0, second = 0, third, fourth] = address.split(".").map(Number);
    const isPrivate =
        first === 10 || (first === 172 && second >= 16 && second <= 31) || (first === 192 && second === 168);
    return isIPv4(address) && isPrivate && length === "16" && third === 0 && fourth === 0;
}
