/* Replacements: ForceNew in hashicorp/terraform-provider-aws, internal/service/acmpca/certificate.go: every argument. */
import { UNKNOWN, asText, isProps } from "../../rpc/values";
import type { Props } from "../../rpc/values";
import type { Problem, Table } from "../../table/emulation";
import { all, matches, oneOf } from "../../table/limits";
import type { Reading } from "../../table/reading";
import { clockOf } from "../../tls/validity";
import { signedByAuthority } from "../privateAuthority";

const HOUR_MS = 3600 * 1000;
const UNIT_HOURS: Readonly<Record<string, number>> = { DAYS: 24, MONTHS: 24 * 30, YEARS: 24 * 365 };
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

export const privateCa: Table = {
    "aws:acmpca/certificate:Certificate": {
        id: certificateArn,
        outputs: {
            arn: (r) => r.id,
            certificate: (r) => r.kept("certificate", () => signed(r)),
            certificateChain: () => "",
        },
        defaults: { templateArn: "arn:aws:acm-pca:::template/EndEntityCertificate/V1" },
        replaces: "all",
        check: all(
            matches(
                "templateArn",
                /^arn:aws[\w-]*:acm-pca:::template\/EndEntity(Client|Server)?(Auth)?Certificate\/V1$/,
                "a template for end entities: the local provider signs no other",
            ),
            oneOf("signingAlgorithm", ["SHA256WITHECDSA", "SHA384WITHECDSA", "SHA512WITHECDSA"]),
            validityProblems,
        ),
    },
};

function certificateArn(reading: Reading): string {
    return `${reading.text("certificateAuthorityArn")}/certificate/${reading.hex(32)}`;
}

async function signed(reading: Reading): Promise<string> {
    const now = clockOf(process.env)();
    const { pem } = await signedByAuthority(
        reading.text("certificateAuthorityArn"),
        reading.text("certificateSigningRequest"),
        now,
        endOf(reading.input("validity"), now),
    );
    return pem.trimEnd();
}

function endOf(validity: unknown, now: Date): Date {
    const { type, value } = (validity ?? {}) as { readonly type?: string; readonly value?: string };
    const hours = UNIT_HOURS[type ?? ""];
    return hours === undefined
        ? new Date(value ?? "")
        : new Date(now.getTime() + Number(value) * hours * HOUR_MS);
}

function validityProblems({ validity }: Props): readonly Problem[] {
    if (!isProps(validity) || validity.value === UNKNOWN || validity.type === UNKNOWN) {
        return [];
    }
    const [type, value] = [asText(validity.type), asText(validity.value)];
    const fits = type === "END_DATE" ? RFC_3339.test(value) : type in UNIT_HOURS && /^[1-9]\d*$/.test(value);
    return fits
        ? []
        : [
              {
                  property: "validity",
                  reason: `"validity" is ${type} ${value}; use DAYS, MONTHS or YEARS and a number, or END_DATE and a time such as 2030-01-31T00:00:00Z`,
              },
          ];
}
