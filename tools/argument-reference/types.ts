import ts from "typescript";
import { documentationOf, type Declared, type Sources } from "./sources";

/** One argument, or one property of an argument's type. */
export interface Property {
    readonly name: string;
    readonly optional: boolean;
    /** As the code spells it, on one line. */
    readonly type: string;
    readonly text: string;
    readonly tags: ReadonlyMap<string, string>;
    /** Types of the library that it is made of. */
    readonly uses: readonly Declared[];
    readonly node: ts.PropertySignature;
}

/** A type of the library with properties of its own. */
export interface ObjectType {
    readonly name: string;
    readonly file: string;
    readonly text: string;
    readonly properties: readonly Property[];
    readonly node: ts.Node;
}

/** A component that a program makes, and the type of its arguments. */
export interface Component {
    readonly name: string;
    readonly text: string;
    readonly args: Declared;
}

/** Components that something outside the library makes; the others are made by these. */
export function componentsOf(library: Sources, programs: Sources): readonly Component[] {
    const made = new Set(programs.files.flatMap(madeIn));
    return library.files
        .flatMap((source) =>
            source.statements.filter(ts.isClassDeclaration).map((node) => ({ node, source })),
        )
        .filter(({ node }) => isComponent(node) && made.has(node.name?.text ?? ""))
        .map(({ node, source }) => {
            const parameter = node.members.find(ts.isConstructorDeclaration)?.parameters[1];
            const type = parameter?.type;
            const args = type === undefined ? undefined : library.find(type.getText(), source);
            if (args === undefined) {
                throw new Error(
                    `${source.fileName}: the arguments of ${node.name?.text} have no type of their own`,
                );
            }
            return { name: node.name?.text ?? "", text: documentationOf(node).text, args };
        })
        .sort((a, b) => a.name.localeCompare(b.name));
}

/** The type and all that its properties are made of, each once, in the order in which a reader meets them. */
export function reachable(library: Sources, from: readonly Declared[]): readonly ObjectType[] {
    const found = new Map<ts.Node, ObjectType>();
    const made = madeByClasses(library);
    const visit = (declared: Declared): void => {
        const { node, source } = declared;
        if (
            found.has(node) ||
            made.has(node) ||
            !(ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
        ) {
            return;
        }
        const properties = propertiesOf(library, declared);
        const type = {
            name: node.name.text,
            file: source.fileName,
            text: documentationOf(node).text,
            properties,
            node,
        };
        found.set(node, type);
        properties.flatMap(({ uses }) => uses).forEach(visit);
        if (ts.isTypeAliasDeclaration(node)) {
            namedIn(library, node.type, source).forEach(visit);
        }
    };
    from.forEach(visit);
    return [...found.values()].filter(({ properties }) => properties.length > 0);
}

/** Interfaces that a class of the library implements: nobody writes what is in them, they are given as they are. */
function madeByClasses(library: Sources): ReadonlySet<ts.Node> {
    const implemented = library.files.flatMap((source) =>
        source.statements
            .filter(ts.isClassDeclaration)
            .flatMap(({ heritageClauses = [] }) => heritageClauses)
            .filter(({ token }) => token === ts.SyntaxKind.ImplementsKeyword)
            .flatMap(({ types }) => types)
            .flatMap(({ expression }) => library.find(expression.getText(), source) ?? []),
    );
    return new Set(implemented.map(({ node }) => node));
}

/** Its own properties, and those of what it extends or is joined with. */
function propertiesOf(library: Sources, { node, source }: Declared): readonly Property[] {
    if (ts.isInterfaceDeclaration(node)) {
        const bases = (node.heritageClauses ?? []).flatMap(({ types }) =>
            types.map(({ expression }) => expression.getText()),
        );
        return [
            ...node.members
                .filter(ts.isPropertySignature)
                .flatMap((member) => asProperties(library, member, source)),
            ...bases.flatMap((base) => {
                const declared = library.find(base, source);
                return declared === undefined ? [] : propertiesOf(library, declared);
            }),
        ];
    }
    if (!ts.isTypeAliasDeclaration(node)) {
        return [];
    }
    const parts =
        ts.isIntersectionTypeNode(node.type) || ts.isUnionTypeNode(node.type) ? node.type.types : [node.type];
    return parts.flatMap((part) =>
        ts.isTypeLiteralNode(part)
            ? part.members
                  .filter(ts.isPropertySignature)
                  .flatMap((member) => asProperties(library, member, source))
            : [],
    );
}

/** An object type without a name is shown as its own properties: `clients.web`. */
function asProperties(
    library: Sources,
    node: ts.PropertySignature,
    source: ts.SourceFile,
    prefix = "",
): readonly Property[] {
    const { type } = node;
    const name = `${prefix}${node.name.getText()}`;
    const literal = type !== undefined && ts.isTypeLiteralNode(type) ? type : undefined;
    const { text, tags } = documentationOf(node);
    const itself = {
        name,
        optional: node.questionToken !== undefined,
        type: literal === undefined ? spelled(type) : "object",
        text,
        tags,
        uses: type === undefined || literal !== undefined ? [] : namedIn(library, type, source),
        node,
    };
    const inner = (literal?.members ?? []) as readonly ts.TypeElement[];
    return [
        itself,
        ...inner
            .filter(ts.isPropertySignature)
            .flatMap((member) => asProperties(library, member, source, `${name}.`)),
    ];
}

function spelled(type: ts.TypeNode | undefined): string {
    return (type?.getText() ?? "unknown")
        .replaceAll(/\/\*.*?\*\//gs, "")
        .replaceAll(/\s+/g, " ")
        .replaceAll("readonly ", "");
}

function namedIn(library: Sources, type: ts.Node, source: ts.SourceFile): readonly Declared[] {
    const found: Declared[] = [];
    const visit = (node: ts.Node): void => {
        if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
            const declared = library.find(node.typeName.text, source);
            if (declared !== undefined) {
                found.push(declared);
            }
        }
        node.forEachChild(visit);
    };
    visit(type);
    return found;
}

function isComponent({ heritageClauses = ts.factory.createNodeArray() }: ts.ClassDeclaration): boolean {
    return heritageClauses.some((clause) => clause.getText().includes("pulumi.ComponentResource"));
}

function madeIn(source: ts.SourceFile): readonly string[] {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
        if (ts.isNewExpression(node)) {
            found.push(node.expression.getText());
        }
        node.forEachChild(visit);
    };
    visit(source);
    return found;
}
