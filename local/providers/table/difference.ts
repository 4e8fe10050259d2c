import type { Change, Difference } from "../rpc/provider";
import { changedKeys, equal } from "../rpc/values";
import type { Props } from "../rpc/values";
import { stripDefaults, wasAutonamed } from "./autoname";
import type { Emulation } from "./emulation";

/** What would change, and whether the real provider can change it in place. */
export function difference(emulation: Emulation, change: Change): Difference {
    const before = stripDefaults(change.oldInputs);
    const after = stripDefaults(change.inputs);
    const expired = emulation.expired?.(change.state, after) ?? [];
    const changed = [...new Set([...changedKeys(before, after), ...expired])];
    const conditional = emulation.replacesWhen?.(before, after) ?? [];
    const replacing = changed.filter(
        (name) => replacesAlways(emulation, name) || conditional.includes(name) || expired.includes(name),
    );
    const deleteBeforeReplace =
        replacing.length > 0 && keepsItsName(emulation, change.oldInputs, change.inputs);
    return { changed, replacing, deleteBeforeReplace };
}

/** A resource cannot move to another region: `region` is an input of every regional type since version 7. */
function replacesAlways({ replaces, updates = [] }: Emulation, name: string): boolean {
    if (name === "region") {
        return true;
    }
    return replaces === "all" ? !updates.includes(name) : replaces.includes(name);
}

/**
 * Two resources cannot bear one physical name at once: where the user chose the name and keeps it, the real
 * provider's bridge deletes the old one first (pulumi-terraform-bridge, nameRequiresDeleteBeforeReplace).
 */
function keepsItsName({ autoname }: Emulation, before: Props, after: Props): boolean {
    if (autoname === undefined) {
        return false;
    }
    const { property } = autoname;
    return !wasAutonamed(after, property) && equal(before[property], after[property]);
}
