import { expect } from "chai";
import {
    UNKNOWN,
    changedKeys,
    equal,
    hasUnknown,
    isSecret,
    plain,
    secret,
} from "../../../../local/providers/rpc/values";

describe("property values", () => {
    it("are plain without their secret wrappers, at any depth", () => {
        expect(plain({ list: [secret("a"), { inner: secret({ b: 1 }) }] })).to.deep.equal({
            list: ["a", { inner: { b: 1 } }],
        });
    });

    it("are unknown where an output has no value yet", () => {
        const output = { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4" };
        expect(plain({ id: output })).to.deep.equal({ id: UNKNOWN });
        expect(plain({ id: { ...output, value: "vpc-1" } })).to.deep.equal({ id: "vpc-1" });
    });

    it("become secret once", () => {
        expect(isSecret("a")).to.equal(false);
        expect(secret(secret("a"))).to.deep.equal(secret("a"));
    });

    it("have unknowns at any depth", () => {
        expect(hasUnknown({ a: [{ b: UNKNOWN }] })).to.equal(true);
        expect(hasUnknown({ a: [{ b: `${UNKNOWN}!` }] })).to.equal(false);
    });

    it("are equal by content, null being absent", () => {
        expect(equal({ a: [1, { b: null }] }, { a: [1, {}] })).to.equal(true);
        expect(equal([1, 2], [2, 1])).to.equal(false);
        expect(equal(0, null)).to.equal(false);
    });

    it("differ by the names of what differs", () => {
        expect(changedKeys({ same: 1, gone: 1, other: 1 }, { same: 1, other: 2, new: 1 })).to.deep.equal([
            "gone",
            "new",
            "other",
        ]);
    });
});
