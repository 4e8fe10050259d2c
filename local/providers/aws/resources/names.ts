/*
 * Certificates and DNS. Replacements: ForceNew in hashicorp/terraform-provider-aws, internal/service/acm/*.go and
 * internal/service/route53/{zone,record}.go. A record changes its type by replacement only, as its id holds it.
 */
import type { Props, Value } from "../../rpc/values";
import type { Table } from "../../table/emulation";
import type { Reading } from "../../table/reading";
import { UPPER, now } from "../forms";
import { all, matches, oneOf } from "../../table/limits";

/** ACM's public certificates are valid for 198 days. */
const CERTIFICATE_MS = 198 * 24 * 3600 * 1000;

export const names: Table = {
    "aws:acm/certificate:Certificate": {
        id: (r) => r.arn("acm", `certificate/${r.uuid()}`),
        outputs: {
            arn: (r) => r.id,
            domainValidationOptions: (r) =>
                r.text("validationMethod") === "DNS" ? validationOptions(r) : [],
            keyAlgorithm: () => "RSA_2048",
            notAfter: (r) => r.kept("notAfter", () => now(new Date(Date.now() + CERTIFICATE_MS))),
            notBefore: (r) => r.kept("notBefore", () => now()),
            pendingRenewal: () => false,
            renewalEligibility: () => "INELIGIBLE",
            renewalSummaries: () => [],
            status: (r) => (r.input("certificateBody") === undefined ? "PENDING_VALIDATION" : "ISSUED"),
            subjectAlternativeNames: (r) => [r.text("domainName")],
            type: (r) => (r.input("certificateBody") === undefined ? "AMAZON_ISSUED" : "IMPORTED"),
            validationEmails: () => [],
        },
        secrets: ["privateKey"],
        replaces: [
            "certificateAuthorityArn",
            "domainName",
            "keyAlgorithm",
            "subjectAlternativeNames",
            "validationMethod",
            "validationOptions",
        ],
        check: oneOf("validationMethod", ["DNS", "EMAIL", "HTTP", "NONE"]),
    },
    "aws:acm/certificateValidation:CertificateValidation": {
        // The real id is the time of issue, which nobody refers to.
        id: () => "0001-01-01 00:00:00 +0000 UTC",
        outputs: {},
        replaces: ["certificateArn", "validationRecordFqdns"],
    },
    "aws:route53/zone:Zone": {
        id: (r) => `Z${r.letters(UPPER, 20)}`,
        outputs: {
            arn: (r) => `arn:${r.partition}:route53:::hostedzone/${r.id}`,
            nameServers: (r) => nameServers(r),
            primaryNameServer: (r) => nameServers(r)[0] ?? null,
            zoneId: (r) => r.id,
        },
        autoname: { property: "name" },
        defaults: { comment: "Managed by Pulumi", forceDestroy: false },
        replaces: ["delegationSetId", "name"],
    },
    "aws:route53/record:Record": {
        id: (r) =>
            [r.text("zoneId"), r.text("name"), r.text("type"), r.text("setIdentifier")]
                .filter(Boolean)
                .join("_"),
        outputs: { fqdn: (r) => r.text("name").replace(/\.$/, "") },
        replaces: ["name", "setIdentifier", "type", "zoneId"],
        check: all(
            oneOf("type", [
                "A",
                "AAAA",
                "CAA",
                "CNAME",
                "DS",
                "HTTPS",
                "MX",
                "NAPTR",
                "NS",
                "PTR",
                "SOA",
                "SPF",
                "SRV",
                "SSHFP",
                "SVCB",
                "TLSA",
                "TXT",
            ]),
            matches("name", /^[^\s]+$/, "a domain name"),
            aliasOrRecords,
        ),
    },
};

function validationOptions(reading: Reading): Value {
    const domains = [reading.text("domainName"), ...reading.list("subjectAlternativeNames").map(String)];
    return [...new Set(domains)].map((domainName) => ({
        domainName,
        resourceRecordName: `_${reading.hex(32, domainName)}.${domainName.replace(/^\*\./, "")}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: `_${reading.hex(32, `${domainName} value`)}.acm-validations.aws.`,
    }));
}

function nameServers(reading: Reading): readonly string[] {
    return ["awsdns-01.org", "awsdns-02.co.uk", "awsdns-03.com", "awsdns-04.net"].map(
        (host, index) => `ns-${parseInt(reading.hex(3, `${index}`), 16) % 2048}.${host}`,
    );
}

/** Route 53 takes either an alias or records with a time to live. */
function aliasOrRecords({ aliases, records, ttl }: Props): readonly { property: string; reason: string }[] {
    const alias = (aliases ?? null) !== null;
    const timed = (records ?? null) !== null && (ttl ?? null) !== null;
    return alias === timed ? [{ property: "", reason: 'give either "aliases", or "records" and "ttl"' }] : [];
}
