import { expect } from "chai";
import { scopesOf } from "../../../../components/gateway/openapi/scopes";
import { notesContract } from "../support";

describe("scopesOf", () => {
    it("collects the scopes of all contracts, sorted", () => {
        const tags = notesContract.replaceAll("notes/", "tags/");
        const sources = [
            { file: "tags.yaml", text: tags },
            { file: "notes.yaml", text: notesContract },
        ];
        expect(Object.entries(scopesOf(sources))).to.deep.equal([
            ["notes/read", "Read notes"],
            ["notes/write", "Write notes"],
            ["tags/read", "Read notes"],
            ["tags/write", "Write notes"],
        ]);
    });

    it("leaves out a contract that has issues", () => {
        expect(scopesOf([{ file: "broken.yaml", text: "openapi: 2" }])).to.deep.equal({});
    });
});
