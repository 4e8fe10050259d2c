import { Issues, type Issue } from "../../model/issues";

/** Source: "Quotas for configuring and running a REST API in API Gateway", ImportRestApi. */
const maximumBodyBytes = 6 * 1024 * 1024;

/** What API Gateway would refuse only when it imports the body, after other resources are made. */
export function checkBody(version: string, template: string): readonly Issue[] {
    const issues = new Issues();
    const bytes = Buffer.byteLength(template);
    const want = `at most ${maximumBodyBytes}, API Gateway's quota for an import: let schemas and examples be shorter, or give a part of the contract an API of its own`;
    issues.require(bytes <= maximumBodyBytes, `contracts.${version}`, `${bytes} bytes`, want);
    return issues.all;
}
