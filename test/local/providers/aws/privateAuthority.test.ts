import { X509Certificate } from "node:crypto";
import { expect } from "chai";
import type { AwsProvider } from "../../../../local/providers/aws/provider";
import { MINIMAL } from "../support/minimal";
import { asText } from "../../../../local/providers/rpc/values";
import { changeTo, created, forgetScratch, newAws, subjectOf, textOf } from "../support/providers";

const type = "aws:acmpca/certificate:Certificate";
const inputs = MINIMAL[type]?.inputs ?? {};
const token = "aws:acmpca/getCertificateAuthority:getCertificateAuthority";

async function authority(provider: AwsProvider, arn = inputs.certificateAuthorityArn): Promise<string> {
    return asText((await provider.invoke(token, { arn: arn ?? null })).certificate);
}

describe("an emulated AWS Private CA", () => {
    after(forgetScratch);

    it("signs for real: the subject and the SPIFFE URI of the request, and no authority", async () => {
        const provider = await newAws();
        const { outputs } = await created(provider, subjectOf(type), inputs);
        const ca = new X509Certificate(await authority(provider));
        const certificate = new X509Certificate(textOf(outputs, "certificate"));
        expect(certificate.verify(ca.publicKey)).to.equal(true);
        expect(certificate.checkIssued(ca)).to.equal(true);
        expect(certificate.subject).to.equal("O=shop.internal\nCN=payment-service");
        expect(certificate.subjectAltName).to.equal("URI:spiffe://shop.internal/payment-service");
        expect([ca.ca, certificate.ca]).to.deep.equal([true, false]);
        const days = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 86_400_000;
        expect(days).to.equal(30);
    });

    it("shows one certificate, also to the next run; another ARN is another authority", async () => {
        const provider = await newAws();
        expect(await authority(provider)).to.equal(await authority(provider));
        const other = `${asText(inputs.certificateAuthorityArn).slice(0, -1)}0`;
        const [one, two] = [await authority(provider), await authority(provider, other)];
        expect(new X509Certificate(one).publicKey.equals(new X509Certificate(two).publicKey)).to.equal(false);
    });

    it("ends a certificate when it is told to, and makes another one for another end", async () => {
        const provider = await newAws();
        const validity = { type: "END_DATE", value: "2031-01-31T00:00:00Z" };
        const first = await created(provider, subjectOf(type), { ...inputs, validity });
        const { validTo } = new X509Certificate(textOf(first.outputs, "certificate"));
        expect(new Date(validTo)).to.deep.equal(new Date(validity.value));
        const later = { ...inputs, validity: { ...validity, value: "2031-02-15T00:00:00Z" } };
        const change = await changeTo(provider, subjectOf(type), first, later);
        expect(provider.diff(subjectOf(type), change).replacing).to.deep.equal(["validity"]);
    });

    it("refuses what AWS would refuse, and templates that make authorities", async () => {
        const provider = await newAws();
        const check = async (changes: object): Promise<readonly string[]> =>
            (await provider.check(subjectOf(type), undefined, { ...inputs, ...changes })).failures.map(
                ({ reason }) => reason,
            );
        expect(await check({ validity: { type: "DAYS", value: "soon" } })).to.deep.equal([
            '"validity" is DAYS soon; use DAYS, MONTHS or YEARS and a number, or END_DATE and a time such as 2030-01-31T00:00:00Z',
        ]);
        const template = "arn:aws:acm-pca:::template/SubordinateCACertificate_PathLen0/V1";
        expect(await check({ templateArn: template })).to.deep.equal([
            `"templateArn" is "${template}"; use a template for end entities: the local provider signs no other`,
        ]);
    });
});
