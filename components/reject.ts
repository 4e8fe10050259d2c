import * as pulumi from "@pulumi/pulumi";
import { describeIssues, type Issue } from "./model/issues";

/**
 * Stops a component whose arguments have issues: one `pulumi.ResourceError` that lists all of them.
 * Call it before the first child is created.
 */
export function rejectIssues(
    component: string,
    name: string,
    issues: readonly Issue[],
    resource: pulumi.Resource,
): void {
    if (issues.length > 0) {
        throw new pulumi.ResourceError(describeIssues(`${component} "${name}"`, issues), resource, true);
    }
}
