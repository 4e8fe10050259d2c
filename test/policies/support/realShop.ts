import { resolveSettings } from "../../../stacks/resolveSettings";
import { createShop } from "../../../stacks/shop";
import type { Recorded } from "../../../tools/mutants/recording";
import { stackConfiguration } from "../../stacks/stackConfiguration";
import { emulated, type Moment } from "./emulatedProgram";

const made = new Map<Moment, Promise<readonly Recorded[]>>();

/** The dev stack as policies see it, made once for all tests of a process. */
export function realShop(moment: Moment): Promise<readonly Recorded[]> {
    const program = made.get(moment) ?? emulated(dev, moment);
    made.set(moment, program);
    return program;
}

function dev(): void {
    const { settings, issues } = resolveSettings({
        project: "traffic",
        stack: "dev",
        ...stackConfiguration("dev"),
    });
    if (settings === undefined) {
        throw new Error(JSON.stringify(issues));
    }
    createShop(settings);
}
