import type { Emulation } from "../table/emulation";
import type { Reading } from "../table/reading";
import { keyInput, namesInput, subjectInput } from "./arguments";
import { certificateRequest } from "./certificates";
import { algorithmOf, fingerprintId } from "./keys";
import { distinguishedName } from "./subject";

/** `tls.CertRequest`. */
export const certRequest: Emulation = {
    id: async (r) => fingerprintId(await request(r)),
    outputs: {
        certRequestPem: request,
        keyAlgorithm: (r) => algorithmOf(keyInput(r, "privateKeyPem")),
    },
    secrets: ["privateKeyPem"],
    replaces: "all",
};

function request(reading: Reading): Promise<string> {
    return reading.once("request", () =>
        certificateRequest(
            keyInput(reading, "privateKeyPem"),
            distinguishedName(subjectInput(reading)),
            namesInput(reading),
        ),
    );
}
