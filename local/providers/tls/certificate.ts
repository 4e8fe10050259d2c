import type { Compute, Emulation, Problem } from "../table/emulation";
import { asText, isList } from "../rpc/values";
import type { Props } from "../rpc/values";
import { all, between } from "../table/limits";
import type { Reading } from "../table/reading";
import { keyInput, namesInput, subjectInput, termsInput } from "./arguments";
import { locallySigned, selfSigned } from "./certificates";
import type { Certificate } from "./certificates";
import { algorithmOf } from "./keys";
import { distinguishedName } from "./subject";
import { KEY_USES, PURPOSES } from "./uses";
import { isDue, rfc3339 } from "./validity";

type Clock = () => Date;
type Issue = (reading: Reading) => Promise<Certificate>;

/** `tls.SelfSignedCert`. */
export function selfSignedCert(clock: Clock): Emulation {
    const issue: Issue = (r) =>
        r.once("certificate", () => {
            const subject = distinguishedName(subjectInput(r));
            return selfSigned(keyInput(r, "privateKeyPem"), subject, namesInput(r), termsInput(r, clock()));
        });
    return {
        ...certificate(clock, issue, { keyAlgorithm: (r) => algorithmOf(keyInput(r, "privateKeyPem")) }),
        secrets: ["privateKeyPem"],
    };
}

/** `tls.LocallySignedCert`. */
export function locallySignedCert(clock: Clock): Emulation {
    const issue: Issue = (r) =>
        r.once("certificate", () =>
            locallySigned(
                r.text("certRequestPem"),
                r.text("caCertPem"),
                keyInput(r, "caPrivateKeyPem"),
                termsInput(r, clock()),
            ),
        );
    return {
        ...certificate(clock, issue, { caKeyAlgorithm: (r) => algorithmOf(keyInput(r, "caPrivateKeyPem")) }),
        secrets: ["caPrivateKeyPem"],
    };
}

/**
 * What both kinds share. Every input replaces the certificate but the hours of early renewal; and it is replaced
 * without any change once it is due, because the real provider then plans `readyForRenewal` anew and requires a
 * replacement for it (hashicorp/terraform-provider-tls, internal/provider/common_cert.go).
 */
function certificate(clock: Clock, issue: Issue, algorithm: Readonly<Record<string, Compute>>): Emulation {
    return {
        id: async (r) => (await issue(r)).serial,
        outputs: {
            ...algorithm,
            certPem: (r) => r.kept("certPem", async () => (await issue(r)).pem),
            validityStartTime: (r) =>
                r.kept("validityStartTime", async () => rfc3339((await issue(r)).notBefore)),
            validityEndTime: (r) => endTime(r, issue),
            readyForRenewal: async (r) =>
                isDue(await endTime(r, issue), earlyHours(r.input("earlyRenewalHours")), clock()),
        },
        changesWith: { readyForRenewal: ["earlyRenewalHours"] },
        defaults: { earlyRenewalHours: 0, isCaCertificate: false, setSubjectKeyId: false },
        replaces: "all",
        updates: ["earlyRenewalHours"],
        expired: (state, inputs) => {
            const end = state.validityEndTime;
            const due = typeof end === "string" && isDue(end, earlyHours(inputs.earlyRenewalHours), clock());
            return due ? ["readyForRenewal"] : [];
        },
        check: all(
            between("validityPeriodHours", 0, Infinity),
            between("earlyRenewalHours", 0, Infinity),
            useProblems,
        ),
    };
}

async function endTime(reading: Reading, issue: Issue): Promise<string> {
    return asText(
        await reading.kept("validityEndTime", async () => rfc3339((await issue(reading)).notAfter)),
    );
}

function earlyHours(input: unknown): number {
    return Number(input ?? 0);
}

function useProblems({ allowedUses }: Props): readonly Problem[] {
    const uses = isList(allowedUses) ? allowedUses.map(String) : [];
    const unknown = uses.filter((use) => !(use in KEY_USES) && !(use in PURPOSES));
    const known = [...Object.keys(KEY_USES), ...Object.keys(PURPOSES)].sort().join(", ");
    return unknown.map((use) => ({
        property: "allowedUses",
        reason: `"${use}" is no use; the provider knows ${known}`,
    }));
}
