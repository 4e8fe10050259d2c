import type { KeyObject } from "node:crypto";
import { isProps } from "../rpc/values";
import type { Props } from "../rpc/values";
import type { Reading } from "../table/reading";
import type { CertificateTerms, Names } from "./certificates";
import { readKey } from "./keys";

/** The key that an input holds, whether it is to be kept in the state or write-only (`…Wo`). */
export function keyInput(reading: Reading, input: string): KeyObject {
    return readKey(reading.text(input, reading.text(`${input}Wo`)), input);
}

export function subjectInput(reading: Reading): Props {
    const subject = reading.input("subject");
    return isProps(subject) ? subject : {};
}

export function namesInput(reading: Reading): Names {
    return {
        dns: reading.list("dnsNames").map(String),
        ip: reading.list("ipAddresses").map(String),
        uri: reading.list("uris").map(String),
    };
}

export function termsInput(reading: Reading, notBefore: Date): CertificateTerms {
    const maxPathLength = reading.input("maxPathLength");
    return {
        uses: reading.list("allowedUses").map(String),
        isCa: reading.input("isCaCertificate") === true,
        ...(typeof maxPathLength === "number" && maxPathLength >= 0 ? { maxPathLength } : {}),
        subjectKeyId: reading.input("setSubjectKeyId") === true,
        authorityKeyId: reading.input("setAuthorityKeyId") === true,
        hours: Number(reading.text("validityPeriodHours", "0")),
        notBefore,
    };
}
