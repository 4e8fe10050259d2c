import { leavingTask } from "../facts/envoy/bootstrap";
import { transportOf, validationOf } from "../facts/envoy/tls";
import type { Sidecar } from "../facts/sidecar";
import type { Value } from "../facts/value";
import type { Entrance } from "./serverTls";

/** Who may connect to a proxy. The CA that it checks its callees with is the mesh's. */
export function entranceOf(sidecar: Sidecar): Entrance {
    const meshTrust = new Set(
        leavingTask(sidecar.bootstrap).map(({ message }) => {
            const { context } = transportOf(message);
            return originOf(sidecar, validationOf(context).get("trusted_ca"));
        }),
    );
    return {
        from: sidecar.isIngress ? "gateway" : "mesh",
        isMeshTrust: (anchor) => meshTrust.has(originOf(sidecar, anchor)),
    };
}

/** Where a data source's bytes come from in the end: two variables may hold the same parameter. */
function originOf({ container }: Sidecar, source: Value): string {
    const variable = source.get("environment_variable").text;
    const given = ["secrets", "environment"]
        .flatMap((field) => container.get(field).items())
        .find((candidate) => candidate.get("name").text === variable);
    const origin = given?.get("valueFrom").text ?? given?.get("value").text;
    return variable !== undefined && origin !== undefined ? origin : JSON.stringify(source.plain ?? null);
}
