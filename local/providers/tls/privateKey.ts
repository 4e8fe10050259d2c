import type { KeyObject } from "node:crypto";
import type { Emulation } from "../table/emulation";
import { all, between, oneOf } from "../table/limits";
import type { Reading } from "../table/reading";
import * as keys from "./keys";

/** `tls.PrivateKey`. OpenSSH forms are not made: their outputs stay absent. */
export const privateKey: Emulation = {
    id: (r) => keys.fingerprintId(keys.publicKeyPem(generated(r))),
    outputs: {
        ecdsaCurve: () => "P224",
        rsaBits: () => 2048,
        privateKeyPem: (r) => keys.privateKeyPem(generated(r)),
        privateKeyPemPkcs8: (r) => keys.privateKeyPkcs8(generated(r)),
        publicKeyPem: (r) => keys.publicKeyPem(generated(r)),
    },
    secrets: ["privateKeyPem", "privateKeyPemPkcs8"],
    replaces: "all",
    check: all(
        oneOf("algorithm", keys.ALGORITHMS),
        oneOf("ecdsaCurve", keys.CURVE_NAMES),
        between("rsaBits", 1024, 16384),
    ),
};

function generated(reading: Reading): KeyObject {
    return reading.once("key", () =>
        keys.generateKey({
            algorithm: reading.text("algorithm"),
            curve: reading.text("ecdsaCurve", "P224"),
            rsaBits: Number(reading.text("rsaBits", "2048")),
        }),
    );
}
