import { constructFromEvents, CORE_SCHEMA, parseEvents, type Event, type Schema } from "js-yaml";
import { isPlainList, isPlainObject, type Plain } from "./plain";

/** Repeated parts may be aliases; a bootstrap of 56 KiB has some hundred. */
const mostAliases = 10_000;
/** Rules look at each value, however often an alias repeats it. */
const mostValues = 250_000;

/**
 * Reads YAML, and refuses what readers disagree on: a key named twice, a second document, merge keys, every tag; and aliases
 * that unfold without end.
 *
 * @throws what the text breaks
 */
export function strictYaml(text: string, schema: Schema = CORE_SCHEMA): Plain {
    const events = parseEvents(text, {});
    if (events.some(isTagged)) {
        throw new SyntaxError("a tag");
    }
    const documents = constructFromEvents(events, { source: text, schema, maxAliases: mostAliases });
    const [document, ...others] = documents as Plain[];
    if (document === undefined || others.length > 0) {
        throw new SyntaxError(`${documents.length} documents`);
    }
    checkValues(document);
    return document;
}

function isTagged(event: Event): boolean {
    return "tagStart" in event && event.tagStart >= 0;
}

function checkValues(document: Plain): void {
    let values = 0;
    const check = (value: Plain | undefined): void => {
        values += 1;
        if (values > mostValues) {
            throw new RangeError("aliases that unfold without end");
        }
        if (isPlainList(value)) {
            value.forEach(check);
        } else if (isPlainObject(value)) {
            if (Object.hasOwn(value, "<<")) {
                throw new SyntaxError("a merge key");
            }
            Object.values(value).forEach(check);
        }
    };
    check(document);
}
