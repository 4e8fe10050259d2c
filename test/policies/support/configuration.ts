import { readFileSync } from "node:fs";
import { join } from "node:path";

const file = join(__dirname, "../../../stacks/policy-config.json");

/** The shop's configuration of the pack, as it is deployed with. */
export const shopConfiguration = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, unknown>>;
