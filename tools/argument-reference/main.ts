import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { asMarkdown, type Reference } from "./markdown";
import { requirementsOf } from "./requirements";
import { documentationOf, ROOT, Sources } from "./sources";
import { componentsOf, reachable } from "./types";

export const referenceFile = join(ROOT, "docs/arguments.md");

export function readReference(): Reference {
    const library = new Sources("components");
    const programs = new Sources("stacks");
    const components = componentsOf(library, programs);
    const types = reachable(
        library,
        components.map(({ args }) => args),
    );
    return { components, types, requirements: requirementsOf(library, types) };
}

/**
 * Arguments that say nothing of themselves: neither they nor the type that they are of. The function for a kind of child in a `transform`
 * is named like the child.
 */
export function undocumented({ types }: Reference): readonly string[] {
    return types.flatMap(({ name: type, file, properties }) =>
        properties
            .filter(({ text, uses, name, type: spelled }) => {
                const says = text !== "" || uses.some(({ node }) => documentationOf(node).text !== "");
                return !says && name !== "transform" && !spelled.startsWith("Transform<");
            })
            .map(({ name }) => `${file}: ${type}.${name}`),
    );
}

if (require.main === module) {
    writeFileSync(referenceFile, asMarkdown(readReference()));
}
