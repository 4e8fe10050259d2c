import { readFileSync } from "node:fs";
import { checkConfiguration, type PackConfiguration } from "./checkConfiguration";
import { rules } from "./rules/all";

const [file] = process.argv.slice(2);
if (file === undefined) {
    throw new Error("name the pack's configuration file");
}
const configuration = JSON.parse(readFileSync(file, "utf8")) as PackConfiguration;
const wrong = checkConfiguration(configuration, rules);
for (const line of wrong) {
    process.stderr.write(`${file}: ${line}\n`);
}
process.exitCode = wrong.length === 0 ? 0 : 1;
