import { resolveSettings } from "../../../stacks/resolveSettings";
import { createShop } from "../../../stacks/shop";
import type { Recorded } from "../../../tools/mutants/recording";
import { stackConfiguration } from "../../stacks/stackConfiguration";
import { emulated, type Moment } from "./emulatedProgram";

const made = new Map<string, Promise<readonly Recorded[]>>();

/** A stack, dev unless told otherwise, as policies see it: made once for all tests of a process. */
export function realShop(moment: Moment, stack: "dev" | "prod" = "dev"): Promise<readonly Recorded[]> {
    const key = `${stack} ${moment}`;
    const program =
        made.get(key) ??
        emulated(() => {
            deploy(stack);
        }, moment);
    made.set(key, program);
    return program;
}

function deploy(stack: string): void {
    const { settings, issues } = resolveSettings({
        project: "traffic",
        stack,
        ...stackConfiguration(stack),
    });
    if (settings === undefined) {
        throw new Error(JSON.stringify(issues));
    }
    createShop(settings);
}
