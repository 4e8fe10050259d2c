import { expect } from "chai";
import { splitWords } from "../../../local/language-host/splitWords";

describe("splitWords", () => {
    const cases: [line: string, words: string[]][] = [
        ["", []],
        ["  --import   tsx ", ["--import", "tsx"]],
        ["--title 'a b' \"c d\"", ["--title", "a b", "c d"]],
        ['a\\ b \'\\\' "\\""', ["a b", "\\", '"']],
        ["--flag=''", ["--flag="]],
        ["''", [""]],
    ];
    for (const [line, words] of cases) {
        it(`splits ${JSON.stringify(line)} as a shell does`, () => {
            expect(splitWords(line)).to.deep.equal(words);
        });
    }

    it("refuses an unclosed quote", () => {
        expect(() => splitWords("--title 'a")).to.throw("nodeargs option has an unclosed ': --title 'a");
    });
});
