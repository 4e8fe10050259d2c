import { Issues, type Issue } from "../../model/issues";
import { objectAt, type JsonObject } from "./json";

/** Source: "Quotas for configuring and running a REST API in API Gateway", and ImportRestApi's. */
const quotas = { bodyBytes: 6 * 1024 * 1024, modelBytes: 400 * 1024 };

/** What API Gateway would refuse only when it imports the body, after other resources are made. */
export function checkBody(version: string, template: string): readonly Issue[] {
    const issues = new Issues();
    const path = `contracts.${version}`;
    const bytes = Buffer.byteLength(template);
    const wantBody = `at most ${quotas.bodyBytes}, API Gateway's quota for an import`;
    issues.require(bytes <= quotas.bodyBytes, path, `${bytes} bytes`, wantBody);
    const schemas = objectAt(objectAt(JSON.parse(template) as JsonObject, "components"), "schemas");
    for (const [name, schema] of Object.entries(schemas)) {
        const size = Buffer.byteLength(JSON.stringify(schema));
        const want = `at most ${quotas.modelBytes}, API Gateway's quota for a model`;
        issues.require(
            size <= quotas.modelBytes,
            `${path}.components.schemas.${name}`,
            `${size} bytes`,
            want,
        );
    }
    return issues.all;
}
