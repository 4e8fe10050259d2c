import { expect } from "chai";
import { isOrigin } from "../../../components/model/origins";

describe("isOrigin", () => {
    for (const origin of ["https://shop.example", "https://shop.example:8443", "http://localhost:5173"]) {
        it(`accepts ${origin}`, () => {
            expect(isOrigin(origin)).to.equal(true);
        });
    }
    const refused = [
        "*",
        "https://*.shop.example",
        "https://shop.example/",
        "https://shop.example/path",
        "http://shop.example",
        "https://SHOP.example",
        "null",
        "https://shop.example:443",
    ];
    for (const origin of refused) {
        it(`refuses ${origin}`, () => {
            expect(isOrigin(origin)).to.equal(false);
        });
    }
});
