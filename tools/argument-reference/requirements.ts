import ts from "typescript";
import { evaluate } from "./evaluate";
import type { ObjectType } from "./types";
import type { Sources } from "./sources";

/** What a refusal says would be accepted, as it is written where the arguments are checked. */
interface Requirement {
    readonly source: ts.SourceFile;
    /** The last part of the path: `port` of `services[2].port`. */
    readonly property: string;
    /** The part before it, or nothing. */
    readonly within: string;
    readonly want: string;
}

/** For each property of each type, what its refusals ask for; in the order of the code. */
export function requirementsOf(
    library: Sources,
    types: readonly ObjectType[],
): (type: ObjectType, property: string) => readonly string[] {
    const requirements = library.files.flatMap((source) => requirementsIn(library, source));
    return (type, name) => {
        const property = name.split(".").at(-1) ?? name;
        const wants = requirements
            .filter((each) => each.property === property && belongs(library, each, type, types))
            .map(({ want }) => want);
        return [...new Set(wants)];
    };
}

/**
 * Whose property it is: of the type that the file which checks it names, or, where it names several or none that has it, of the only one in the
 * same folder that has it.
 */
function belongs(
    library: Sources,
    { source, property, within }: Requirement,
    type: ObjectType,
    types: readonly ObjectType[],
): boolean {
    const candidates = types.filter(({ properties }) =>
        properties.some(({ name }) => name.split(".").at(-1) === property),
    );
    const holders = types
        .flatMap(({ properties }) => properties)
        .filter(({ name }) => name.split(".").at(-1) === within)
        .flatMap(({ uses }) => uses.map(({ node }) => node));
    const inside = candidates.filter(({ node }) => holders.includes(node as never));
    const named = candidates.filter(({ name }) => library.find(name, source) !== undefined);
    const near = candidates.filter(({ file }) => folderOf(file) === folderOf(source.fileName));
    const chosen = [inside, named, near, candidates].find((each) => each.length > 0) ?? [];
    return chosen.length === 1 && chosen[0] === type;
}

function folderOf(file: string): string {
    return file.split("/").slice(0, 2).join("/");
}

function requirementsIn(library: Sources, source: ts.SourceFile): readonly Requirement[] {
    const found: Requirement[] = [];
    const add = (path: ts.Expression | undefined, want: ts.Expression | undefined): void => {
        const where = path === undefined ? undefined : evaluate(library, path, source);
        const text = want === undefined ? undefined : evaluate(library, want, source);
        if (where !== undefined && text !== undefined) {
            const parts = where.replaceAll(/\[[^\]]*\]/g, "").split(".");
            found.push({ source, property: parts.at(-1) ?? "", within: parts.at(-2) ?? "", want: text });
        }
    };
    const visit = (node: ts.Node): void => {
        if (ts.isCallExpression(node)) {
            const called = node.expression.getText();
            if (called.endsWith(".require")) {
                add(node.arguments[1], node.arguments[3]);
            } else if (called.endsWith("issues.add")) {
                add(node.arguments[0], node.arguments[2]);
            } else if (called === "matches") {
                add(node.arguments[0], node.arguments[3]);
            }
        } else if (ts.isObjectLiteralExpression(node)) {
            const of = (name: string): ts.Expression | undefined =>
                node.properties
                    .filter(ts.isPropertyAssignment)
                    .find((property) => property.name.getText() === name)?.initializer;
            if (of("got") !== undefined || node.properties.some((each) => each.name?.getText() === "got")) {
                add(of("path"), of("want"));
            }
        }
        node.forEachChild(visit);
    };
    visit(source);
    return found;
}
