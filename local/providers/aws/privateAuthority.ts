import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { locallySigned, selfSigned, type Certificate } from "../tls/certificates";
import { derivedKey } from "./derivedKey";

const HOUR_MS = 3600 * 1000;
const NO_NAMES = { dns: [], ip: [], uri: [] };
/** An AWS Private CA exists before the program does. */
const FOUNDED = new Date("2026-01-01T00:00:00Z");
const CA_HOURS = 10 * 365 * 24;

/**
 * The certificate of the emulated AWS Private CA with this ARN. Its signature is another one each time it is made, so that it
 * is kept in a file: a CA's certificate does not change from one look to the next.
 */
export async function authorityCertificate(arn: string, folder: string): Promise<string> {
    const file = join(folder, "private-authorities", createHash("sha256").update(arn).digest("hex"));
    if (!existsSync(file)) {
        mkdirSync(join(folder, "private-authorities"), { recursive: true });
        writeFileSync(file, await found(arn));
    }
    return readFileSync(file, "utf8");
}

/** Signs a request as the template `EndEntityCertificate/V1` does: subject and names from the request, uses from the template. */
export async function signedByAuthority(
    arn: string,
    request: string,
    notBefore: Date,
    notAfter: Date,
): Promise<Certificate> {
    // Certificates count whole seconds.
    const begin = new Date(Math.floor(notBefore.getTime() / 1000) * 1000);
    return locallySigned(request, await found(arn), keyOf(arn), {
        uses: ["digital_signature", "key_encipherment", "server_auth", "client_auth"],
        isCa: false,
        subjectKeyId: true,
        authorityKeyId: true,
        hours: (notAfter.getTime() - begin.getTime()) / HOUR_MS,
        notBefore: begin,
    });
}

/** Name and key are the same each time, which is what signing needs. */
async function found(arn: string): Promise<string> {
    const subject = [{ CN: [`Emulated Private CA ${arn.split("/").at(-1) ?? ""}`] }];
    const { pem } = await selfSigned(keyOf(arn), subject, NO_NAMES, {
        uses: ["cert_signing", "crl_signing", "digital_signature"],
        isCa: true,
        subjectKeyId: true,
        authorityKeyId: false,
        hours: CA_HOURS,
        notBefore: FOUNDED,
    });
    return pem;
}

function keyOf(arn: string): ReturnType<typeof derivedKey> {
    return derivedKey(`emulated private authority ${arn}`);
}
