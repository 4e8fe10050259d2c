import ts from "typescript";
import type { Sources } from "./sources";

/** The text that an expression stands for, where that can be read without running it; `…` stands for parts that cannot. */
export function evaluate(
    library: Sources,
    expression: ts.Expression,
    source: ts.SourceFile,
): string | undefined {
    if (ts.isStringLiteralLike(expression) || ts.isNumericLiteral(expression)) {
        return expression.text.replaceAll("_", "");
    }
    if (ts.isTemplateExpression(expression)) {
        return [
            expression.head.text,
            ...expression.templateSpans.map(
                (span) => (evaluate(library, span.expression, source) ?? "…") + span.literal.text,
            ),
        ].join("");
    }
    if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.PlusToken) {
        const [left, right] = [expression.left, expression.right].map((each) =>
            evaluate(library, each, source),
        );
        return left === undefined || right === undefined ? undefined : left + right;
    }
    if (ts.isIdentifier(expression)) {
        const found = constant(library, expression.text, source);
        return found === undefined ? undefined : evaluate(library, found.value, found.source);
    }
    return ts.isCallExpression(expression) ? evaluateCall(library, expression, source) : undefined;
}

/** The two calls that refusals are written with: a list in words. */
function evaluateCall(library: Sources, call: ts.CallExpression, source: ts.SourceFile): string | undefined {
    const { expression } = call;
    if (ts.isPropertyAccessExpression(expression) && expression.name.text === "join") {
        return elements(library, expression.expression, source)?.join(", ");
    }
    const [list] = call.arguments;
    if (expression.getText() === "wantOneOf" && list !== undefined) {
        const values = elements(library, list, source);
        return `one of ${values?.join(", ") ?? "…"}`;
    }
    return undefined;
}

function elements(
    library: Sources,
    expression: ts.Expression,
    source: ts.SourceFile,
): readonly string[] | undefined {
    if (ts.isArrayLiteralExpression(expression)) {
        return expression.elements.map((each) => evaluate(library, each, source) ?? "…");
    }
    if (ts.isAsExpression(expression)) {
        return elements(library, expression.expression, source);
    }
    const found = ts.isIdentifier(expression) ? constant(library, expression.text, source) : undefined;
    return found === undefined ? undefined : elements(library, found.value, found.source);
}

function constant(
    library: Sources,
    name: string,
    source: ts.SourceFile,
): { readonly value: ts.Expression; readonly source: ts.SourceFile } | undefined {
    const found = library.find(name, source);
    return found !== undefined && ts.isVariableDeclaration(found.node) && found.node.initializer !== undefined
        ? { value: found.node.initializer, source: found.source }
        : undefined;
}
