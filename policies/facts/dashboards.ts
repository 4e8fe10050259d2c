import { gather, type Finding } from "../finding";
import { isPlainObject, type Plain } from "./plain";
import type { Resource } from "./stack";
import { strictJson } from "./strictJson";
import { Value } from "./value";

/** A dashboard, and what can be read of it. */
export interface Dashboard {
    readonly resource: Resource;
    /** Names in the metrics that it draws; none where it cannot be read. */
    readonly names: readonly string[];
    /** Why it cannot be read. */
    readonly unread: readonly Finding[];
}

export function readDashboard(resource: Resource): Dashboard {
    let names: readonly string[] = [];
    const unread = gather(() => {
        names = namesShownBy(resource);
        return [];
    });
    return { resource, names, unread };
}

/**
 * Names in the metrics that a dashboard draws. While its body is unknown, those that its component registered stand for it; once it is
 * known it must draw all of them.
 */
function namesShownBy(dashboard: Resource): readonly string[] {
    const body = dashboard.props.get("dashboardBody");
    const registered = dashboard.parent?.props.get("shows", dashboard.name);
    const names = (registered?.items() ?? []).flatMap(({ text }) => text ?? []);
    if (body.isUnknown && names.length > 0) {
        return names;
    }
    const parsed = body.text === undefined ? undefined : strictJson(body.text);
    if (!isPlainObject(parsed)) {
        throw body.unjudgeable("a body as JSON text, or the names that its component registered");
    }
    const drawn = namesIn(new Value(body.path, parsed));
    const missing = names.find((name) => !drawn.has(name));
    if (missing !== undefined) {
        throw body.unjudgeable(`what its component registered, ${missing} too`, "another body");
    }
    return [...drawn];
}

/** Source: CloudWatch API reference, "Dashboard body structure": namespace, metric, then names and values of dimensions. */
function namesIn(body: Value): ReadonlySet<string> {
    const metrics = body
        .get("widgets")
        .items()
        .flatMap((widget) => widget.get("properties", "metrics").items());
    return new Set(metrics.flatMap((metric) => metric.items().flatMap(({ plain }) => textOf(plain))));
}

function textOf(plain: Plain | undefined): readonly string[] {
    return typeof plain === "string" ? [plain] : [];
}
