import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SHOP } from "./LocalEngine";

/** One edit that somebody could make to the program. */
export interface Edit {
    /** From the project's root. */
    readonly file: string;
    readonly from: string;
    readonly to: string;
}

const parts = ["index.ts", "components", "stacks", "apis", "policies", "package.json", "tsconfig.json"];
const settings = ["Pulumi.yaml", "Pulumi.dev.yaml"];

/** A copy of the shop with an edit; throws where the text to be replaced does not stand exactly once. */
export function brokenShop({ file, from, to }: Edit): {
    readonly folder: string;
    readonly remove: () => void;
} {
    mkdirSync(join(SHOP, ".local"), { recursive: true });
    const folder = mkdtempSync(join(SHOP, ".local", "broken-shop-"));
    for (const part of [...parts, ...settings]) {
        cpSync(join(SHOP, part), join(folder, part), { recursive: true });
    }
    symlinkSync(join(SHOP, "node_modules"), join(folder, "node_modules"));
    const text = readFileSync(join(folder, file), "utf8");
    if (text.split(from).length !== 2) {
        throw new Error(`${file} does not hold ${JSON.stringify(from)} exactly once`);
    }
    writeFileSync(join(folder, file), text.replace(from, to));
    return {
        folder,
        remove: () => {
            rmSync(folder, { recursive: true, force: true });
        },
    };
}
