import type { Failure } from "../rpc/provider";
import { UNKNOWN, isList, isProps } from "../rpc/values";
import type { Props, Value } from "../rpc/values";
import { nearest } from "./nearest";
import type { Fields, PackageShapes, Shape } from "./shapes";

interface Place {
    readonly token: string;
    readonly types: PackageShapes["types"];
    /** Dotted path from the resource; empty at the top. */
    readonly path: string;
    /** The top-level input that the path begins with. */
    readonly property: string;
}

/** Every way in which the inputs differ from what the resource's declarations accept. Unknowns pass. */
export function invalidInputs(token: string, inputs: Props, shapes: PackageShapes): readonly Failure[] {
    const fields = shapes.resources[token]?.inputs ?? {};
    return invalidFields({ token, types: shapes.types, path: "", property: "" }, fields, inputs);
}

function invalidFields(place: Place, fields: Fields, props: Props): Failure[] {
    const given = Object.entries(props).filter(([, value]) => value !== null);
    const missing = Object.keys(fields).filter(
        (name) => fields[name]?.required && (props[name] ?? null) === null,
    );
    return [
        ...given.flatMap(([name, value]) => {
            const inner = below(place, name);
            const field = fields[name];
            return field === undefined
                ? [unknownInput(inner, name, fields)]
                : invalid(inner, field.shape, value);
        }),
        ...missing.map((name) => missingInput(below(place, name))),
    ];
}

function below(place: Place, name: string): Place {
    const path = place.path === "" ? name : `${place.path}.${name}`;
    return { ...place, path, property: place.property === "" ? name : place.property };
}

function unknownInput({ token, path, property }: Place, name: string, fields: Fields): Failure {
    const meant = nearest(name, Object.keys(fields));
    const hint = meant === undefined ? "" : ` (did you mean "${meant}"?)`;
    return { property, reason: `${token} has no input "${path}"${hint}` };
}

function missingInput({ token, path, property }: Place): Failure {
    return { property, reason: `${token} lacks the required input "${path}"` };
}

function invalid(place: Place, shape: Shape, value: Value): Failure[] {
    if (value === UNKNOWN || value === null || shape.kind === "any") {
        return [];
    }
    switch (shape.kind) {
        case "list":
            return isList(value)
                ? value.flatMap((item, index) =>
                      invalid({ ...place, path: `${place.path}[${index}]` }, shape.of, item),
                  )
                : [wrongKind(place, "a list", value)];
        case "map":
            return isProps(value)
                ? Object.entries(value).flatMap(([key, item]) => invalid(below(place, key), shape.of, item))
                : [wrongKind(place, "a map", value)];
        case "object":
            return isProps(value)
                ? invalidFields(place, place.types[shape.type] ?? {}, value)
                : [wrongKind(place, "an object", value)];
        case "either":
            return invalidEither(place, shape.of, value);
        case "string":
        case "number":
        case "boolean":
            return isScalar(shape.kind, value) ? [] : [wrongKind(place, `a ${shape.kind}`, value)];
    }
}

/** The failures of the alternative that comes nearest, which is the one with the fewest. */
function invalidEither(place: Place, alternatives: readonly Shape[], value: Value): Failure[] {
    const results = alternatives.map((alternative) => invalid(place, alternative, value));
    const ofSameForm = results.filter(
        (_, index) => (alternatives[index]?.kind === "object") === isProps(value),
    );
    const [best = []] = (ofSameForm.length > 0 ? ofSameForm : results).sort((a, b) => a.length - b.length);
    return best;
}

/** The real provider converts between scalars where the text allows it: "80" is a number, 80 a string. */
function isScalar(kind: "string" | "number" | "boolean", value: Value): boolean {
    if (typeof value === "object") {
        return false;
    }
    switch (kind) {
        case "string":
            return true;
        case "number":
            return typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value));
        case "boolean":
            return typeof value === "boolean" || value === "true" || value === "false";
    }
}

function wrongKind({ token, path, property }: Place, want: string, value: Value): Failure {
    // A value may be a secret that was unwrapped: its kind is told, never its text.
    const got = isList(value) ? "a list" : isProps(value) ? "an object" : `a ${typeof value}`;
    return { property, reason: `${token} takes ${want} as input "${path}", not ${got}` };
}
