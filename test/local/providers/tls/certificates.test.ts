import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, createServer } from "node:tls";
import type { AddressInfo } from "node:net";
import type { PeerCertificate, TLSSocket } from "node:tls";
import { expect } from "chai";
import { Authority } from "../support/authority";
import type { Identity } from "../support/authority";
import { created, forgetScratch, newTls, scratchFolder, subjectOf } from "../support/providers";

const P256 = { algorithm: "ECDSA", ecdsaCurve: "P256" };
const ORDERS = {
    subject: { commonName: "order-service" },
    dnsNames: ["order-service.shop.internal"],
    ipAddresses: ["127.0.0.1"],
    uris: ["spiffe://shop.internal/order-service"],
};

describe("certificates of the tls stand-in", () => {
    after(forgetScratch);

    for (const algorithm of [
        P256,
        { algorithm: "ECDSA", ecdsaCurve: "P384" },
        { algorithm: "RSA" },
        { algorithm: "ED25519" },
    ]) {
        it(`form a chain that openssl accepts: ${JSON.stringify(algorithm)}`, async () => {
            const authority = await Authority.create(await newTls(), algorithm);
            const leaf = await authority.sign("orders", algorithm, ORDERS);
            const folder = scratchFolder();
            const [ca, own] = [join(folder, "ca.pem"), join(folder, "own.pem")];
            writeFileSync(ca, authority.own.certificate);
            writeFileSync(own, leaf.certificate);
            const verdict = execFileSync("openssl", [
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-CAfile",
                ca,
                own,
            ]);
            expect(verdict.toString()).to.equal(`${own}: OK\n`);
        });
    }

    it("carry what was asked for: SPIFFE URI, names, uses and no authority of their own", async () => {
        const authority = await Authority.create(await newTls(), P256);
        const { certificate } = await authority.sign("orders", P256, ORDERS);
        const leaf = new X509Certificate(certificate);
        expect(leaf.subjectAltName).to.equal(
            "DNS:order-service.shop.internal, IP Address:127.0.0.1, URI:spiffe://shop.internal/order-service",
        );
        expect(leaf.subject).to.equal("CN=order-service");
        expect(leaf.issuer).to.equal("O=Shop\nCN=shop mesh");
        expect(leaf.keyUsage).to.deep.equal(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
        expect(leaf.ca).to.equal(false);
        const ca = new X509Certificate(authority.own.certificate);
        expect(ca.ca).to.equal(true);
        expect(leaf.checkIssued(ca)).to.equal(true);
    });

    it("work in a mutual TLS 1.3 handshake", async () => {
        const authority = await Authority.create(await newTls(), P256);
        const server = await authority.sign("orders", P256, ORDERS);
        const client = await authority.sign("users", P256, {
            ...ORDERS,
            uris: ["spiffe://shop.internal/user-service"],
        });
        const seen = await handshake(authority.own.certificate, server, client);
        expect(seen).to.deep.equal({
            protocol: "TLSv1.3",
            server: "URI:spiffe://shop.internal/order-service",
            client: "URI:spiffe://shop.internal/user-service",
        });
    });

    it("have the attributes of a subject in the real provider's order", async () => {
        const authority = await Authority.create(await newTls(), P256);
        const subject = {
            commonName: "orders",
            country: "DE",
            locality: "Berlin",
            organization: "Shop",
            organizationalUnit: "Mesh",
            postalCode: "10115",
            province: "Berlin",
            streetAddresses: ["Any Street 1"],
            serialNumber: "7",
        };
        const { certificate } = await authority.sign("orders", P256, { subject });
        expect(new X509Certificate(certificate).subject.split("\n")).to.deep.equal([
            "C=DE",
            "O=Shop",
            "OU=Mesh",
            "L=Berlin",
            "ST=Berlin",
            "street=Any Street 1",
            "postalCode=10115",
            "CN=orders",
            "serialNumber=7",
        ]);
    });

    it("are refused for a use that does not exist, or a broken key, without showing it", async () => {
        const provider = await newTls();
        const subject = subjectOf("tls:index/selfSignedCert:SelfSignedCert");
        const inputs = { privateKeyPem: "hush", validityPeriodHours: 1, allowedUses: ["sign_certs"] };
        const checked = await provider.check(subject, undefined, inputs);
        expect(checked.failures).to.deep.equal([
            {
                property: "allowedUses",
                reason:
                    '"sign_certs" is no use; the provider knows any_extended, cert_signing, client_auth, code_signing, ' +
                    "content_commitment, crl_signing, data_encipherment, decipher_only, digital_signature, " +
                    "email_protection, encipher_only, ipsec_end_system, ipsec_tunnel, ipsec_user, key_agreement, " +
                    "key_encipherment, microsoft_server_gated_crypto, netscape_server_gated_crypto, ocsp_signing, " +
                    "server_auth, timestamping",
            },
        ]);
        const error = await created(provider, subject, { ...inputs, allowedUses: [] }).catch(
            (reason: unknown) => reason,
        );
        expect((error as Error).message).to.equal('input "privateKeyPem" is no private key in PEM form.');
    });
});

/** One connection on the loopback interface, each side verifying the other. */
async function handshake(
    ca: string,
    server: Identity,
    client: Identity,
): Promise<Record<string, string | null>> {
    const options = {
        key: server.key,
        cert: server.certificate,
        ca,
        requestCert: true,
        minVersion: "TLSv1.3" as const,
    };
    const listener = createServer(options);
    const accepted = new Promise<PeerCertificate>((resolve) => {
        listener.once("secureConnection", (socket: TLSSocket) => {
            resolve(socket.getPeerCertificate());
            socket.end();
        });
    });
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const { port } = listener.address() as AddressInfo;
    const socket = connect({ host: "127.0.0.1", port, key: client.key, cert: client.certificate, ca });
    await new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject));
    const protocol = socket.getProtocol();
    const names = [socket.getPeerCertificate(), await accepted].map(({ subjectaltname }) => subjectaltname);
    socket.destroy();
    await new Promise((resolve) => listener.close(resolve));
    const uris = names.map((name) => name?.split(", ").find((part) => part.startsWith("URI:")) ?? null);
    return { protocol, server: uris[0] ?? null, client: uris[1] ?? null };
}
