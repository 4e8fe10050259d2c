import * as pulumi from "@pulumi/pulumi";
import { describeIssues } from "../components/model/issues";
import { resolveSettings, type Settings } from "./resolveSettings";

const prefix = "traffic:";

/**
 * Reads the stack's whole configuration: the only place that does. Throws one error that lists every issue.
 */
export function readSettings(): Settings {
    const all = Object.entries(pulumi.runtime.allConfig());
    const raw = all
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, value]) => [key.slice(prefix.length), parsed(value)]);
    const { settings, issues } = resolveSettings({
        project: pulumi.getProject(),
        stack: pulumi.getStack(),
        region: new pulumi.Config("aws").get("region"),
        traffic: Object.fromEntries(raw) as Record<string, unknown>,
    });
    if (settings === undefined) {
        throw new pulumi.RunError(describeIssues(`Pulumi.${pulumi.getStack()}.yaml`, issues));
    }
    return settings;
}

/** Configuration values arrive as text; what was written as a list, an object, a number or a flag is JSON. */
function parsed(value: string): unknown {
    if (!/^([[{]|-?\d+(\.\d+)?$|true$|false$)/.test(value)) {
        return value;
    }
    try {
        return JSON.parse(value);
    } catch {
        return value;
    }
}
