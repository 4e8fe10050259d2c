import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

export const ROOT = join(__dirname, "..", "..");

/** What a name in a file stands for: the declaration, and the file that it stands in. */
export interface Declared<Node extends ts.Node = ts.Node> {
    readonly node: Node;
    readonly source: ts.SourceFile;
}

type Declaration =
    ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration | ts.VariableDeclaration;

/** The library's files, as the compiler's parser reads them. Types are followed by their names through imports: nothing has to be checked, so that it takes no time. */
export class Sources {
    readonly #files = new Map<string, ts.SourceFile>();

    constructor(folder: string) {
        const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
        for (const file of names
            .filter((name) => name.endsWith(".ts"))
            .map((name) => join(folder, name))
            .sort()) {
            const text = readFileSync(join(ROOT, file), "utf8");
            this.#files.set(file, ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
        }
    }

    get files(): readonly ts.SourceFile[] {
        return [...this.#files.values()];
    }

    /** Undefined for what another package declares, and for TypeScript's own. */
    find(name: string, from: ts.SourceFile): Declared<Declaration> | undefined {
        const here = declarationsOf(from).find((declaration) => declaration.name?.getText() === name);
        if (here !== undefined) {
            return { node: here, source: from };
        }
        const imported = importsOf(from).find(({ local }) => local === name);
        const file = imported === undefined ? undefined : this.#resolve(imported.from, from);
        return file === undefined || imported === undefined ? undefined : this.find(imported.name, file);
    }

    #resolve(specifier: string, from: ts.SourceFile): ts.SourceFile | undefined {
        return specifier.startsWith(".")
            ? this.#files.get(`${relative(ROOT, join(ROOT, dirname(from.fileName), specifier))}.ts`)
            : undefined;
    }
}

function declarationsOf(source: ts.SourceFile): readonly Declaration[] {
    return source.statements.flatMap((statement): readonly Declaration[] => {
        if (ts.isVariableStatement(statement)) {
            return statement.declarationList.declarations;
        }
        return ts.isInterfaceDeclaration(statement) ||
            ts.isTypeAliasDeclaration(statement) ||
            ts.isClassDeclaration(statement)
            ? [statement]
            : [];
    });
}

interface Import {
    readonly local: string;
    readonly name: string;
    readonly from: string;
}

function importsOf(source: ts.SourceFile): readonly Import[] {
    return source.statements.filter(ts.isImportDeclaration).flatMap(({ importClause, moduleSpecifier }) => {
        const bindings = importClause?.namedBindings;
        if (bindings === undefined || !ts.isNamedImports(bindings) || !ts.isStringLiteral(moduleSpecifier)) {
            return [];
        }
        return bindings.elements.map(({ name, propertyName }) => ({
            local: name.text,
            name: (propertyName ?? name).getText(),
            from: moduleSpecifier.text,
        }));
    });
}

/** The sentences of a JSDoc comment, and what its tags say. */
export function documentationOf(node: ts.Node): {
    readonly text: string;
    readonly tags: ReadonlyMap<string, string>;
} {
    const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
    const oneLine = (text: string | undefined): string => (text ?? "").replaceAll(/\s+/g, " ").trim();
    return {
        text: oneLine(ts.getTextOfJSDocComment(comment?.comment)),
        tags: new Map(
            (comment?.tags ?? []).map((tag) => [
                tag.tagName.text,
                oneLine(ts.getTextOfJSDocComment(tag.comment)),
            ]),
        ),
    };
}
