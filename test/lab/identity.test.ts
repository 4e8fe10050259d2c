import { expect } from "chai";
import * as https from "node:https";
import { once } from "node:events";
import { memberIdentity } from "../../local/lab/identities";
import type { ClientTls, MeshLab } from "../../local/lab/MeshLab";
import { spiffeId } from "../../components/model/mesh";
import { TestAuthority, type PemPair } from "../support/certificates";
import { deployedStack, meshAuthority, startLab, stopLab } from "./support/deployed";
import { Edge, refusal } from "./support/traffic";

const payment = "payment-service";
const trustDomain = "shop.internal";
const order = spiffeId(trustDomain, "order-service");

const shown = ({ certificate, privateKey }: PemPair): ClientTls => ({ cert: certificate, key: privateKey });

describe("A callee's mesh port", () => {
    let lab: MeshLab;
    let authority: TestAuthority;

    before(async function () {
        authority = await meshAuthority(await deployedStack());
        lab = await startLab(this, [payment], { network: 2 });
    });

    after(async () => {
        await stopLab(lab);
    });

    /** How often the listener has refused a handshake for this reason. */
    async function refused(reason: string): Promise<number> {
        return lab.envoy(payment).statistic(`listener.${lab.address(payment)}_15443.ssl.${reason}`);
    }

    it("lets a declared caller in by its own certificate", async () => {
        const answer = await lab.dial(payment, memberIdentity(lab.proxy("order-service")));
        expect(answer.status).to.equal(200);
    });

    it("closes a connection in plain text without an HTTP answer", async () => {
        expect(await refusal(lab.dialPlain(payment))).to.match(/socket hang up|ECONNRESET/);
        expect(await refused("connection_error")).to.equal(1);
    });

    it("refuses the handshake without a certificate", async () => {
        expect(await refusal(lab.dial(payment, {}))).to.contain("alert certificate required");
        expect(await refused("fail_verify_no_cert")).to.equal(1);
    });

    it("refuses the handshake with another authority's certificate, whatever identity it names", async () => {
        const other = await TestAuthority.create("other");
        expect(await refusal(lab.dial(payment, shown(await other.issue(order))))).to.contain(
            "alert unknown ca",
        );
        expect(await refused("fail_verify_error")).to.equal(1);
    });

    it("refuses the handshake with an expired certificate of the mesh's own authority", async () => {
        const expired = await authority.issue(order, true);
        expect(await refusal(lab.dial(payment, shown(expired)))).to.contain("alert certificate expired");
        expect(await refused("fail_verify_error")).to.equal(2);
    });

    it("refuses the handshake with an identity of another trust domain", async () => {
        const foreign = await authority.issue(spiffeId("elsewhere.internal", "order-service"));
        expect(await refusal(lab.dial(payment, shown(foreign)))).to.match(/alert/);
        expect(await refused("fail_verify_san")).to.equal(1);
    });

    it("answers 403 to an identity of the trust domain that the call graph does not know", async () => {
        const unknown = await authority.issue(spiffeId(trustDomain, "report-service"));
        const answer = await lab.dial(payment, shown(unknown));
        expect(answer.status).to.equal(403);
        expect(JSON.parse(answer.body)).to.include({
            callee: payment,
            caller: spiffeId(trustDomain, "report-service"),
        });
    });
});

describe("A caller's proxy", () => {
    let lab: MeshLab;
    let impostor: https.Server;
    let reached = 0;

    before(async function () {
        lab = await startLab(this, [], { network: 3 });
        const { cert, key } = memberIdentity(lab.proxy("user-service"));
        impostor = https.createServer({ cert, key }, (_, response) => {
            reached += 1;
            response.end();
        });
        const address = "127.77.3.200";
        impostor.listen(15443, address);
        await once(impostor, "listening");
        lab.register(payment, address);
        await lab.add("order-service");
    });

    after(async () => {
        (impostor as https.Server | undefined)?.close();
        await stopLab(lab);
    });

    it("sends nothing to an instance that shows another member's certificate", async () => {
        const edge = new Edge(lab, "order-service", payment);
        expect(await edge.ask({ method: "POST" })).to.equal(503);
        expect(await edge.statistic("ssl.fail_verify_san")).to.be.greaterThan(0);
        expect(reached).to.equal(0);
    });
});
