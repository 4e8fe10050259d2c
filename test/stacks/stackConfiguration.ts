import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** What `Pulumi.<stack>.yaml` says, as the engine hands it to the program. */
export function stackConfiguration(stack: string): { region: string; traffic: Record<string, unknown> } {
    const file = join(__dirname, `../../Pulumi.${stack}.yaml`);
    const { config } = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
    const traffic = Object.entries(config).flatMap(([key, value]) =>
        key.startsWith("traffic:") ? [[key.slice("traffic:".length), value]] : [],
    );
    return {
        region: String(config["aws:region"]),
        traffic: Object.fromEntries(traffic) as Record<string, unknown>,
    };
}
