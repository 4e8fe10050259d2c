import { expect } from "chai";
import { parseCommand } from "../../../local/lab/commands";

const services = ["order-service", "payment-service"];
const read = (line: string): unknown => parseCommand(line, services);

describe("A line typed in the lab", () => {
    it("tells a service to fail, be slow, hang, reset or heal", () => {
        const told = (line: string): unknown => (read(line) as { reply: unknown }).reply;
        expect(told("fail payment-service")).to.deep.equal({ status: 500 });
        expect(told("fail payment 503")).to.deep.equal({ status: 503 });
        expect(told("slow payment 250")).to.deep.equal({ status: 200, delayMs: 250 });
        expect(told("hang payment")).to.deep.equal({ status: 200, ending: "hang" });
        expect(told("reset payment")).to.deep.equal({ status: 200, ending: "reset" });
        expect(told("heal payment")).to.deep.equal({ status: 200 });
    });

    it("sends a request along an edge, sets the rate, ends the lab", () => {
        expect(read("call order payment post")).to.deep.equal({
            name: "call",
            caller: "order-service",
            callee: "payment-service",
            method: "POST",
        });
        expect(read("rate 0")).to.deep.equal({ name: "rate", perSecond: 0 });
        expect(read(" quit ")).to.deep.equal({ name: "quit" });
    });

    it("is answered with what is wrong", () => {
        const message = (line: string): unknown => (read(line) as { message: unknown }).message;
        expect(message("fail cart")).to.equal(
            '"cart" is not a service; use one of order-service, payment-service',
        );
        expect(message("fail payment 42")).to.equal(
            '"fail payment 42": want a status from 200 to 599, or milliseconds',
        );
        expect(message("slow payment soon")).to.equal(
            '"slow payment soon": want a status from 200 to 599, or milliseconds',
        );
        expect(message("call order")).to.equal("call wants two of order-service, payment-service");
        expect(message("rate fast")).to.equal('rate wants 0 to 1000 requests a second, not "fast"');
        expect(message("explode")).to.match(/^"explode" is not a command; fail SERVICE/);
    });
});
