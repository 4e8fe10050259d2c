/**
 * Splits a line into words as a shell does: blanks separate, quotes and backslashes keep blanks inside a word. No
 * variables, no patterns.
 */
export function splitWords(line: string): string[] {
    const words: string[] = [];
    let word: string | undefined;
    let quote: string | undefined;
    for (let index = 0; index < line.length; index++) {
        const character = line.charAt(index);
        const next = line.charAt(index + 1);
        if (character === "\\" && quote !== "'" && next !== "") {
            word = (word ?? "") + next;
            index += 1;
        } else if (quote === undefined && (character === '"' || character === "'")) {
            quote = character;
            word ??= "";
        } else if (character === quote) {
            quote = undefined;
        } else if (quote === undefined && /\s/.test(character)) {
            words.push(...(word === undefined ? [] : [word]));
            word = undefined;
        } else {
            word = (word ?? "") + character;
        }
    }
    if (quote !== undefined) {
        throw new Error(`nodeargs option has an unclosed ${quote}: ${line}`);
    }
    return word === undefined ? words : [...words, word];
}
