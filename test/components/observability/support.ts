import { ApiEdge } from "../../../components/gateway/ApiEdge";
import { ExternalApi } from "../../../components/gateway/ExternalApi";
import { MeshedService } from "../../../components/mesh/MeshedService";
import { MeshIngress } from "../../../components/mesh/MeshIngress";
import { collectorConfig } from "../../../components/mesh/telemetry/collectorConfig";
import {
    emittedByCollector,
    type CollectorConfiguration,
} from "../../../components/observability/metrics/collector";
import type { TrafficObservabilityArgs } from "../../../components/observability/observabilityArgs";
import type { ServiceLevelObjectives } from "../../../components/observability/objectives";
import type { Observed, ObservedMember } from "../../../components/observability/observed";
import { edgeArgs, notesContract, placement } from "../gateway/support";
import { cartImage, collectorImage, createMesh } from "../mesh/support";

export const objectives: ServiceLevelObjectives = {
    availability: 0.999,
    latency: { share: 0.99, withinMilliseconds: 800 },
};

const collector = collectorConfig({
    member: "ingress",
    entrance: "ingress",
    region: "eu-central-1",
    namespace: "traffic-test/mesh",
    memory: 96,
}) as unknown as CollectorConfiguration;

function member(name: string, calls: readonly string[]): ObservedMember {
    const entrance = name === "ingress" ? "ingress" : "inbound";
    return { name, service: name, entrance, calls, logs: `/traffic-test/mesh/${name}` };
}

/** One API in two versions, in front of two services. */
export const observed: Observed = {
    prefix: "traffic-test",
    region: "eu-central-1",
    gateway: {
        webAcl: { name: "traffic-test", rateRules: ["per-credential", "per-address"] },
        apis: [
            {
                name: "notes",
                service: "note-service",
                objectives,
                versions: ["v1", "v2"].map((version) => ({
                    version,
                    restApi: `traffic-test-notes-${version}`,
                    accessLogs: `/traffic-test/gateway/notes/${version}`,
                })),
            },
        ],
    },
    mesh: {
        clusterName: "traffic-test",
        unproxied: [],
        entrance: "ingress",
        members: [
            member("ingress", ["note-service"]),
            member("note-service", ["store-service"]),
            member("store-service", []),
        ],
        telemetry: {
            namespace: "traffic-test/mesh",
            emitted: emittedByCollector(collector.exporters.awsemf),
        },
    },
};

/** The same services before the mesh: phase 1 of the migration. */
export const withoutProxies: Observed["mesh"] = {
    clusterName: "traffic-test",
    entrance: "services",
    members: [],
    unproxied: ["note-service", "store-service"],
};

/** The same, where the ingress shares its limit. */
export const withLimiter: Observed = {
    ...observed,
    mesh: {
        ...observed.mesh,
        members: [
            member("ingress", ["note-service", "user-limiter"]),
            ...observed.mesh.members.slice(1),
            member("user-limiter", []),
        ],
    },
};

/** The same as `observed`, made of the components that it is a view of. */
export function observabilityArgs(): TrafficObservabilityArgs {
    const edge = new ApiEdge("edge", edgeArgs);
    const mesh = createMesh({
        services: {
            "note-service": { localPort: 9001, calls: ["store-service"] },
            "store-service": { localPort: 9002 },
        },
        ingress: [{ api: "notes", service: "note-service" }],
        placement,
        telemetry: { image: collectorImage },
    });
    const services = ["note-service", "store-service"].map(
        (name) => new MeshedService(name, { mesh, image: cartImage, port: 8080 }),
    );
    const ingress = new MeshIngress("ingress", {
        mesh,
        gateway: {
            clientCertificatePem: edge.clientCertificatePem,
            securityGroupId: edge.vpcLinkSecurityGroupId,
        },
    });
    const notes = new ExternalApi("notes", {
        edge,
        backend: ingress,
        service: "note-service",
        contracts: { v1: { file: "notes.yaml", text: notesContract } },
    });
    return { edge, apis: [{ api: notes, objectives }], mesh, services, ingress, clusterName: "traffic-test" };
}
