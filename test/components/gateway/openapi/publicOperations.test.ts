import { expect } from "chai";
import { describeIssue } from "../../../../components/model/issues";
import { checkPublicOperations } from "../../../../components/gateway/openapi/publicOperations";
import { readContract } from "../../../../components/gateway/openapi/readContract";
import { notesContract } from "../support";

const open = notesContract.replace("{ user: [notes/read], key: [] }", "{ key: [] }");

function issuesOf(text: string, listed: Readonly<Record<string, string>>): readonly string[] {
    const { contract } = readContract({ file: "notes.yaml", text });
    return checkPublicOperations([contract!], listed).map(describeIssue);
}

describe("checkPublicOperations", () => {
    it("accepts an open operation that is listed with a reason", () => {
        expect(issuesOf(open, { readNote: "Notes are public." })).to.deep.equal([]);
    });

    it("refuses an open operation that is not listed", () => {
        expect(issuesOf(open, {})).to.deep.equal([
            'notes.yaml:7 paths./notes/{noteId}.get.security is "readNote without a token, a key or both"; use both, or list the operation under publicOperations with a reason',
        ]);
    });

    it("refuses an exception that is none any more", () => {
        expect(issuesOf(notesContract, { readNote: "Notes are public." })).to.deep.equal([
            'publicOperations.readNote is "Notes are public."; use the name of an operation that does without token or key; remove it',
        ]);
    });

    it("refuses an exception without a reason", () => {
        expect(issuesOf(open, { readNote: " " })).to.deep.equal([
            'publicOperations.readNote is " "; use the reason why it must be public',
        ]);
    });
});
