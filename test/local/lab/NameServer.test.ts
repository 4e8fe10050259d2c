import { expect } from "chai";
import { Resolver } from "node:dns/promises";
import { NameServer } from "../../../local/lab/NameServer";

describe("The lab's name server", () => {
    const at = { host: "127.0.0.1", port: 10_153 };
    const addresses = Array.from({ length: 14 }, (_, index) => `127.77.0.${index + 10}`);
    let names: NameServer;
    const resolver = new Resolver({ tries: 1, timeout: 60_000 });

    before(async () => {
        names = await NameServer.start(at);
        resolver.setServers([`${at.host}:${at.port}`]);
    });

    after(async () => {
        await names.stop();
    });

    it("answers with the addresses of a name and a TTL of 5 s, until they are taken out", async () => {
        names.register("cart.shop.internal", "127.77.0.10");
        expect(await resolver.resolve4("cart.shop.internal", { ttl: true })).to.deep.equal([
            { address: "127.77.0.10", ttl: 5 },
        ]);
        names.deregister("cart.shop.internal", "127.77.0.10");
        const error = await resolver.resolve4("cart.shop.internal").catch((reason: unknown) => reason);
        expect(error).to.have.property("code", "ENODATA");
    });

    it("gives 8 of 14 addresses at a time, as Cloud Map does, and in the end all", async () => {
        for (const address of addresses) {
            names.register("many.shop.internal", address);
        }
        const found = new Set<string>();
        for (let asked = 0; asked < 40; asked += 1) {
            const answer = await resolver.resolve4("many.shop.internal");
            expect(new Set(answer).size).to.equal(8);
            answer.forEach((address) => found.add(address));
        }
        expect([...found].sort()).to.deep.equal([...addresses].sort());
    });

    it("says that a name does not exist where nobody has registered it", async () => {
        const error = await resolver.resolve4("nobody.shop.internal").catch((reason: unknown) => reason);
        expect(error).to.have.property("code", "ENOTFOUND");
    });
});
