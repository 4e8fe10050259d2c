import { X509Certificate } from "node:crypto";
import { holds, notSeen, type Check, type Finding, type Probe } from "../check";

export const certificates: readonly Check[] = [
    {
        entry: 22,
        title: "AWS Private CA takes the URI from the request, and ends the certificate to the second",
        run: async ({ aws, outputs, settings }: Probe): Promise<Finding> => {
            if (settings.privateCaArn === undefined) {
                return notSeen("asked only with a `privateCaArn`");
            }
            const certificate = new X509Certificate(await aws.parameter(outputs.certificateParameter));
            const names = certificate.subjectAltName ?? "";
            const uri = `URI:spiffe://${settings.prefix}.internal/probe-service`;
            const hours = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 3_600_000;
            return holds(
                names.includes(uri) && hours <= 721,
                `${names}; valid for ${hours.toFixed(1)} hours`,
            );
        },
    },
];
