import { X509Certificate, createPrivateKey } from "node:crypto";
import { expect } from "chai";
import { clientCertificateKey } from "../../../../local/providers/aws/clientCertificate";
import { created, forgetScratch, newAws, subjectOf, textOf } from "../support/providers";

describe("an emulated API Gateway client certificate", () => {
    after(forgetScratch);

    it("is real, self-signed, valid for a year, and its key follows from its id", async () => {
        const provider = await newAws();
        const { id, outputs } = await created(
            provider,
            subjectOf("aws:apigateway/clientCertificate:ClientCertificate"),
            {},
        );
        const certificate = new X509Certificate(textOf(outputs, "pemEncodedCertificate"));
        expect(certificate.verify(certificate.publicKey)).to.equal(true);
        expect(certificate.checkPrivateKey(createPrivateKey(clientCertificateKey(id)))).to.equal(true);
        expect(certificate.subject).to.include("CN=ApiGateway");
        expect(certificate.keyUsage).to.deep.equal(["1.3.6.1.5.5.7.3.2"]);
        const days = (Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / 86_400_000;
        expect(days).to.equal(365);
    });

    it("has another key for another id", () => {
        expect(clientCertificateKey("abc123")).to.equal(clientCertificateKey("abc123"));
        expect(clientCertificateKey("abc123")).not.to.equal(clientCertificateKey("abc124"));
    });
});
