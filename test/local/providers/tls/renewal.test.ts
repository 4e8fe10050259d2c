import { expect } from "chai";
import { UNKNOWN, plain } from "../../../../local/providers/rpc/values";
import type { Props } from "../../../../local/providers/rpc/values";
import type { TlsProvider } from "../../../../local/providers/tls/provider";
import { clockOf } from "../../../../local/providers/tls/validity";
import { changeTo, created, forgetScratch, newTls, subjectOf } from "../support/providers";

const SUBJECT = subjectOf("tls:index/selfSignedCert:SelfSignedCert");
const DAYS = 24 * 3600 * 1000;

describe("the renewal of a certificate", () => {
    let now: Date;
    let provider: TlsProvider;
    let inputs: Props;
    beforeEach(async () => {
        now = new Date("2026-03-01T12:00:00.500Z");
        provider = await newTls(() => now);
        const key = await created(provider, subjectOf("tls:index/privateKey:PrivateKey"), {
            algorithm: "ECDSA",
            ecdsaCurve: "P256",
        });
        inputs = {
            privateKeyPem: plain(key.outputs.privateKeyPem ?? ""),
            allowedUses: ["server_auth"],
            validityPeriodHours: 30 * 24,
            earlyRenewalHours: 15 * 24,
        };
    });
    after(forgetScratch);

    it("is 15 days before its end when that is asked for", async () => {
        const existing = await created(provider, SUBJECT, inputs);
        expect(existing.outputs).to.deep.include({
            validityStartTime: "2026-03-01T12:00:00Z",
            validityEndTime: "2026-03-31T12:00:00Z",
            readyForRenewal: false,
        });
        const change = await changeTo(provider, SUBJECT, existing, inputs);
        now = new Date(Date.parse("2026-03-16T12:00:00Z") - 1);
        expect(provider.diff(SUBJECT, change).changed).to.deep.equal([]);
        now = new Date("2026-03-16T12:00:00Z");
        expect(provider.diff(SUBJECT, change)).to.deep.equal({
            changed: ["readyForRenewal"],
            replacing: ["readyForRenewal"],
            deleteBeforeReplace: false,
        });
    });

    it("moves with the hours of early renewal, in place", async () => {
        const existing = await created(provider, SUBJECT, { ...inputs, earlyRenewalHours: 0 });
        now = new Date(now.getTime() + 10 * DAYS);
        const change = await changeTo(provider, SUBJECT, existing, inputs);
        expect(provider.diff(SUBJECT, change)).to.deep.equal({
            changed: ["earlyRenewalHours"],
            replacing: [],
            deleteBeforeReplace: false,
        });
        expect((await provider.update(SUBJECT, change, true)).readyForRenewal).to.equal(UNKNOWN);
        const updated = await provider.update(SUBJECT, change, false);
        expect(updated).to.deep.include({ readyForRenewal: false, certPem: existing.outputs.certPem });
    });

    it("happens for any other change as well", async () => {
        const existing = await created(provider, SUBJECT, inputs);
        const change = await changeTo(provider, SUBJECT, existing, {
            ...inputs,
            dnsNames: ["shop.internal"],
        });
        expect(provider.diff(SUBJECT, change).replacing).to.deep.equal(["dnsNames"]);
    });

    it("can be brought about by LOCAL_CLOCK", () => {
        expect(clockOf({ LOCAL_CLOCK: "2030-01-31T00:00:00Z" })()).to.deep.equal(
            new Date("2030-01-31T00:00:00Z"),
        );
        expect(() => clockOf({ LOCAL_CLOCK: "soon" })).to.throw(
            'LOCAL_CLOCK is "soon"; give a time such as 2030-01-31T00:00:00Z.',
        );
    });
});
