import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { pinnedTool } from "../../../local/setup/pinnedTool";
import { installPythonPackage } from "../../../local/setup/pythonPackage";

const requirements = join(__dirname, "requirements.txt");

/** A shape of an AWS service model, as botocore writes it. */
export interface Shape {
    readonly type: string;
    readonly members?: Readonly<Record<string, { readonly shape: string }>>;
    readonly required?: readonly string[];
    readonly member?: { readonly shape: string };
    readonly enum?: readonly string[];
    readonly min?: number;
    readonly max?: number;
    readonly pattern?: string;
    /** Exactly one member may be given. */
    readonly union?: boolean;
}

export type Shapes = Readonly<Record<string, Shape>>;

/** The shapes of a service's API, from the pinned official SDK, which is installed once into the user's cache. */
export async function serviceShapes(service: string, version: string): Promise<Shapes> {
    const file = await pinnedTool({
        name: `aws-model-${service}`,
        pins: [requirements],
        executable: join("botocore", "data", service, version, "service-2.json.gz"),
        isExecuted: false,
        install: (folder) => installPythonPackage(requirements, folder),
    });
    const model = JSON.parse(gunzipSync(await readFile(file)).toString("utf8")) as { shapes: Shapes };
    return model.shapes;
}

/** Everything in which a value is not what the shape says. */
export function violations(shapes: Shapes, name: string, value: unknown, path = name): readonly string[] {
    const shape = shapes[name];
    if (shape === undefined) {
        return [`${path}: no shape ${name}`];
    }
    switch (shape.type) {
        case "structure":
            return ofStructure(shapes, shape, value, path);
        case "list":
            return ofList(shapes, shape, value, path);
        case "string":
            return ofString(shape, value, path);
        case "integer":
        case "long":
            return ofNumber(shape, value, path);
        case "boolean":
            return typeof value === "boolean" ? [] : [`${path}: no boolean`];
        default:
            return [`${path}: ${shape.type} is not followed here`];
    }
}

function ofStructure(shapes: Shapes, shape: Shape, value: unknown, path: string): readonly string[] {
    const { members = {}, required = [], union = false } = shape;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
        return [`${path}: no object`];
    }
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    const given = fields.map(([field]) => field);
    return [
        ...required.filter((field) => !given.includes(field)).map((field) => `${path}.${field}: missing`),
        ...(union && given.length !== 1 ? [`${path}: ${given.length} of a union's members`] : []),
        ...fields.flatMap(([field, inner]) => {
            const member = members[field];
            return member === undefined
                ? [`${path}.${field}: unknown`]
                : violations(shapes, member.shape, inner, `${path}.${field}`);
        }),
    ];
}

function ofList(shapes: Shapes, shape: Shape, value: unknown, path: string): readonly string[] {
    if (!Array.isArray(value)) {
        return [`${path}: no list`];
    }
    const item = shape.member?.shape ?? "";
    return [
        ...outside(shape, value.length, path),
        ...value.flatMap((each, index) => violations(shapes, item, each, `${path}[${index}]`)),
    ];
}

function ofString(shape: Shape, value: unknown, path: string): readonly string[] {
    if (typeof value !== "string") {
        return [`${path}: no string`];
    }
    const { enum: allowed, pattern } = shape;
    return [
        ...outside(shape, value.length, path),
        ...(allowed !== undefined && !allowed.includes(value)
            ? [`${path}: "${value}" is none of its enum`]
            : []),
        ...(pattern !== undefined && !new RegExp(pattern).test(value) ? [`${path}: not ${pattern}`] : []),
    ];
}

function ofNumber(shape: Shape, value: unknown, path: string): readonly string[] {
    return Number.isInteger(value) ? outside(shape, value as number, path) : [`${path}: no whole number`];
}

function outside({ min = -Infinity, max = Infinity }: Shape, size: number, path: string): readonly string[] {
    return size < min || size > max ? [`${path}: ${size} is not within ${min} and ${max}`] : [];
}
