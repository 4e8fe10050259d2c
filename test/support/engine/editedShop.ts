import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SHOP } from "./LocalEngine";

/** One edit that somebody could make to the program. */
export interface Edit {
    /** From the project's root. */
    readonly file: string;
    readonly from: string;
    readonly to: string;
}

const parts = [
    "index.ts",
    "components",
    "stacks",
    "apis",
    "policies",
    "test/support/programs",
    "package.json",
    "tsconfig.json",
];
const settings = ["Pulumi.yaml", "Pulumi.dev.yaml"];

export interface EditedShop {
    readonly folder: string;
    /** Writes a file that the shop does not have. */
    readonly add: (file: string, text: string) => void;
    readonly remove: () => void;
}

/** A copy of the shop with edits; throws where a text to be replaced does not stand exactly once. */
export function editedShop(...edits: readonly Edit[]): EditedShop {
    mkdirSync(join(SHOP, ".local"), { recursive: true });
    const folder = mkdtempSync(join(SHOP, ".local", "edited-shop-"));
    for (const part of [...parts, ...settings]) {
        cpSync(join(SHOP, part), join(folder, part), { recursive: true });
    }
    symlinkSync(join(SHOP, "node_modules"), join(folder, "node_modules"));
    for (const { file, from, to } of edits) {
        const text = readFileSync(join(folder, file), "utf8");
        if (text.split(from).length !== 2) {
            throw new Error(`${file} does not hold ${JSON.stringify(from)} exactly once`);
        }
        writeFileSync(join(folder, file), text.replace(from, to));
    }
    return {
        folder,
        add: (file, text) => {
            mkdirSync(dirname(join(folder, file)), { recursive: true });
            writeFileSync(join(folder, file), text);
        },
        remove: () => {
            rmSync(folder, { recursive: true, force: true });
        },
    };
}
