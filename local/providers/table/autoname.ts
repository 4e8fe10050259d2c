import { createHash } from "node:crypto";
import type { ProposedName, Subject } from "../rpc/provider";
import { isList } from "../rpc/values";
import type { Props, Value } from "../rpc/values";
import type { Autoname } from "./emulation";

/** Where the real provider's bridge keeps the names of inputs that it filled in itself. */
const DEFAULTS = "__defaults";

/** Digits after the logical name, as in the real provider: `orders-1a2b3c4`. */
const DIGITS = 7;

/**
 * The inputs with a name where the type wants one and none is given. An update keeps the name made up before; a
 * replacement (whose old inputs the engine does not pass) gets another, so that both can exist at once.
 */
export function autonamed(
    autoname: Autoname | undefined,
    subject: Subject,
    generation: number,
    inputs: Props,
    oldInputs: Props | undefined,
    proposed?: ProposedName,
): Props {
    if (autoname === undefined || isGiven(inputs[autoname.property]) || isGiven(inputs.namePrefix)) {
        return { ...inputs, [DEFAULTS]: [] };
    }
    const { property } = autoname;
    const before = oldInputs?.[property];
    const kept = wasAutonamed(oldInputs, property) && typeof before === "string" ? before : undefined;
    const name = kept ?? fitting(proposed, autoname) ?? madeUp(subject, generation, autoname);
    return { ...inputs, [property]: name, [DEFAULTS]: [property] };
}

function isGiven(value: Value | undefined): boolean {
    return value !== undefined && value !== null;
}

export function wasAutonamed(inputs: Props | undefined, property: string): boolean {
    const defaults = inputs?.[DEFAULTS];
    return isList(defaults) && defaults.includes(property);
}

export function stripDefaults(inputs: Props): Props {
    return Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== DEFAULTS));
}

/** The name that the stack's settings want, as the real provider's bridge takes it: cut to the service's limit unless it is enforced. */
function fitting(proposed: ProposedName | undefined, { maxLength }: Autoname): string | undefined {
    return proposed?.enforced === true ? proposed.name : proposed?.name.slice(0, maxLength);
}

function madeUp({ urn, name }: Subject, generation: number, autoname: Autoname): string {
    const { prefix = "", maxLength = Infinity } = autoname;
    const digits = createHash("sha256").update(`${urn}#${generation}`).digest("hex").slice(0, DIGITS);
    return `${`${prefix}${name}`.slice(0, maxLength - DIGITS - 1)}-${digits}`;
}
