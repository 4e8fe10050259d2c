import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import { expect } from "chai";
import { awsMetrics } from "../../../components/observability/metrics/aws";

/** AWS's own specification: namespace, to metric, to the sets of dimensions that it is written with. */
function specified(): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
    const namespaces = new Map<string, Map<string, readonly string[]>>();
    const spec = loadAwsServiceSpecSync();
    for (const metric of spec.all("metric")) {
        const sets = [...spec.follow("usesDimensionSet", metric)].map(({ entity }) =>
            entity.dimensions
                .map(({ name }) => name)
                .sort()
                .join(),
        );
        const metrics = namespaces.get(metric.namespace) ?? new Map<string, readonly string[]>();
        namespaces.set(metric.namespace, metrics.set(metric.name, sets));
    }
    return namespaces;
}

describe("The table of AWS's metrics", () => {
    const spec = specified();

    it("names a page of AWS's documentation for each namespace", () => {
        for (const [namespace, { source }] of Object.entries(awsMetrics)) {
            expect(source, namespace).to.match(/^https:\/\/docs\.aws\.amazon\.com\/\S+\.html$/);
        }
    });

    it("agrees with AWS's specification, where that has the namespace", () => {
        const compared = Object.entries(awsMetrics).filter(([namespace]) => spec.has(namespace));
        expect(compared.map(([namespace]) => namespace)).to.deep.equal([
            "AWS/ApiGateway",
            "AWS/NetworkELB",
            "AWS/ECS",
        ]);
        for (const [namespace, { metrics }] of compared) {
            for (const [name, sets] of Object.entries(metrics)) {
                const known = spec.get(namespace)?.get(name);
                for (const set of sets) {
                    expect(known, `${namespace} ${name}`).to.include([...set].sort().join());
                }
            }
        }
    });

    // These three rest on the documentation alone: docs/unproven.md.
    it("has three namespaces that the specification does not know", () => {
        const others = Object.keys(awsMetrics).filter((namespace) => !spec.has(namespace));
        expect(others).to.deep.equal(["AWS/WAFV2", "ECS/ContainerInsights", "AWS/CertificateManager"]);
    });
});
