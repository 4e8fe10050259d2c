import type { Finding } from "../finding";
import { bootstrapShape, typedShapes } from "../facts/envoy/shapes/bootstrap";
import { anyKey, whole, type Shape, type Whole } from "../facts/envoy/shapes/shape";
import { isPlainList, isPlainObject, type Plain, type PlainObject } from "../facts/plain";
import type { Value } from "../facts/value";

const typeField = "@type";

/** Every field of the configuration is one whose effect this pack knows. */
export function hasKnownFields(message: Value): readonly Finding[] {
    return unknownIn(message.plain, bootstrapShape, message.path);
}

function unknownIn(value: Plain | undefined, shape: Shape | Whole, path: string): readonly Finding[] {
    if (isPlainList(value)) {
        return value.flatMap((item, index) => unknownIn(item, shape, `${path}[${nameOf(item) ?? index}]`));
    }
    if (!isPlainObject(value)) {
        return [];
    }
    const known = shapeOf(value) ?? shape;
    return Object.entries(value).flatMap(([name, field]) => {
        if (field === null || name === typeField) {
            return [];
        }
        const inside = known === whole ? whole : (known[name] ?? known[anyKey]);
        return inside === undefined
            ? [
                  {
                      at: `${path}.${name}`,
                      found: "a field that no rule reads",
                      required: "fields whose effect this pack knows",
                  },
              ]
            : unknownIn(field, inside, `${path}.${name}`);
    });
}

/** A message that says its type has that type's shape, wherever it stands. */
function shapeOf(value: PlainObject): Shape | undefined {
    const type = value[typeField];
    return typeof type === "string" ? typedShapes[type.slice(type.lastIndexOf("/") + 1)] : undefined;
}

function nameOf(item: Plain): string | undefined {
    return isPlainObject(item) && typeof item.name === "string" ? JSON.stringify(item.name) : undefined;
}
