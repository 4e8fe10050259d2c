// Exits 0 when node_modules holds what package-lock.json says. Plain JavaScript: it runs before anything is installed.
import { readFileSync } from "node:fs";
import { URL } from "node:url";

const root = new URL("../../", import.meta.url);

function packages(path) {
    try {
        return JSON.parse(readFileSync(new URL(path, root), "utf8")).packages;
    } catch {
        return {};
    }
}

const wanted = packages("package-lock.json");
// npm writes this file last: after an interrupted installation it is missing.
const installed = packages("node_modules/.package-lock.json");

const missing = Object.entries(wanted).filter(
    ([path, entry]) =>
        path !== "" &&
        !(entry.optional === true && installed[path] === undefined) &&
        installed[path]?.version !== entry.version,
);
process.exit(missing.length === 0 && Object.keys(installed).length > 0 ? 0 : 1);
