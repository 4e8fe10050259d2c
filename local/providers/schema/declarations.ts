import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Field, Fields, PackageShapes, ResourceShape, Shape } from "./shapes";
import { className, declarationFile } from "./source";
import type { InstalledPackage } from "./source";

type Interfaces = ReadonlyMap<string, ts.InterfaceDeclaration>;

/**
 * Reads what the tokens' resources accept from the package's declarations. Only the syntax is read, no types are
 * checked: the files are generated and regular, and checking them would take minutes.
 */
export function readDeclarations(source: InstalledPackage, tokens: readonly string[]): PackageShapes {
    const nested = nestedInterfaces(source);
    const types: Record<string, Fields> = {};
    const collect = (shape: Shape): void => {
        for (const name of objectTypes(shape)) {
            const declaration = nested.get(name);
            if (declaration !== undefined && !(name in types)) {
                types[name] = fieldsOf(declaration.members);
                Object.values(types[name]).forEach((field) => {
                    collect(field.shape);
                });
            }
        }
    };
    const resources: Record<string, ResourceShape> = {};
    for (const token of tokens) {
        const resource = readResource(source, token);
        resources[token] = resource;
        Object.values(resource.inputs).forEach((field) => {
            collect(field.shape);
        });
    }
    return { resources, types };
}

/** The names of the settings that a package's provider takes. */
export function readProviderSettings(source: InstalledPackage): readonly string[] {
    const file = parse(join(source.folder, "provider.d.ts"));
    return Object.keys(fieldsOf(interfaceIn(file, "ProviderArgs")?.members));
}

function readResource(source: InstalledPackage, token: string): ResourceShape {
    const name = className(token);
    const file = parse(declarationFile(source, token));
    const resource = file.statements.find(
        (statement): statement is ts.ClassDeclaration =>
            ts.isClassDeclaration(statement) && statement.name?.text === name,
    );
    const members: readonly ts.ClassElement[] = resource?.members ?? [];
    const outputs = members
        .filter(ts.isPropertyDeclaration)
        .filter((member) => !isStatic(member))
        .map((member) => nameOf(member.name));
    return { inputs: fieldsOf(interfaceIn(file, `${name}Args`)?.members), outputs };
}

/** Nested input types by qualified name; the package keeps them all in one file, one namespace a module. */
function nestedInterfaces({ folder }: InstalledPackage): Interfaces {
    const found = new Map<string, ts.InterfaceDeclaration>();
    const visit = (prefix: string, statements: readonly ts.Statement[]): void => {
        for (const statement of statements) {
            if (ts.isInterfaceDeclaration(statement)) {
                found.set(prefix + statement.name.text, statement);
            } else if (
                ts.isModuleDeclaration(statement) &&
                statement.body &&
                ts.isModuleBlock(statement.body)
            ) {
                visit(`${prefix}${statement.name.text}.`, statement.body.statements);
            }
        }
    };
    visit("", parse(join(folder, "types/input.d.ts")).statements);
    return found;
}

function parse(path: string): ts.SourceFile {
    return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022);
}

function interfaceIn(file: ts.SourceFile, name: string): ts.InterfaceDeclaration | undefined {
    return file.statements
        .filter(ts.isInterfaceDeclaration)
        .find((statement) => statement.name.text === name);
}

function fieldsOf(members: readonly ts.TypeElement[] = []): Fields {
    const fields = members.filter(ts.isPropertySignature).map((member): [string, Field] => {
        const required = member.questionToken === undefined;
        return [nameOf(member.name), { shape: shapeOf(member.type), required }];
    });
    return Object.fromEntries(fields);
}

function isStatic(member: ts.PropertyDeclaration): boolean {
    return member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
}

function nameOf(name: ts.PropertyName): string {
    return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "";
}

function shapeOf(type: ts.TypeNode | undefined): Shape {
    if (type === undefined) {
        return { kind: "any" };
    }
    if (ts.isArrayTypeNode(type)) {
        return { kind: "list", of: shapeOf(type.elementType) };
    }
    if (ts.isTypeLiteralNode(type)) {
        const index = type.members.find(ts.isIndexSignatureDeclaration);
        return { kind: "map", of: shapeOf(index?.type) };
    }
    if (ts.isUnionTypeNode(type)) {
        return either(type.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword).map(shapeOf));
    }
    return ts.isTypeReferenceNode(type) ? referenced(type) : scalar(type.kind);
}

/** `pulumi.Input<T>` is T; `inputs.x.Y` names a nested type; an enum is a string. */
function referenced(type: ts.TypeReferenceNode): Shape {
    const name = entityName(type.typeName);
    if (name === "pulumi.Input") {
        return shapeOf(type.typeArguments?.[0]);
    }
    if (name.startsWith("inputs.")) {
        return { kind: "object", type: name.slice("inputs.".length) };
    }
    return { kind: name.startsWith("enums.") ? "string" : "any" };
}

function entityName(name: ts.EntityName): string {
    return ts.isIdentifier(name) ? name.text : `${entityName(name.left)}.${name.right.text}`;
}

function either(shapes: readonly Shape[]): Shape {
    const [first, ...rest] = shapes;
    return first === undefined || rest.length > 0 ? { kind: "either", of: shapes } : first;
}

function scalar(kind: ts.SyntaxKind): Shape {
    return SCALARS.get(kind) ?? { kind: "any" };
}

const SCALARS: ReadonlyMap<ts.SyntaxKind, Shape> = new Map([
    [ts.SyntaxKind.StringKeyword, { kind: "string" }],
    [ts.SyntaxKind.NumberKeyword, { kind: "number" }],
    [ts.SyntaxKind.BooleanKeyword, { kind: "boolean" }],
]);

function objectTypes(shape: Shape): readonly string[] {
    if (shape.kind === "object") {
        return [shape.type];
    }
    const parts =
        shape.kind === "either" ? shape.of : shape.kind === "list" || shape.kind === "map" ? [shape.of] : [];
    return parts.flatMap(objectTypes);
}
