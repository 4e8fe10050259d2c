import * as pulumi from "@pulumi/pulumi";
import { ingressName } from "../../model/mesh";
import type { Placement } from "../../placement";
import { applicationContainerName } from "../containers";
import type { DataPlane, IngressProxyRequest, SidecarRequest, TaskParts } from "../dataPlane";
import type { JsonObject } from "../json";
import { drainSeconds } from "../timing";
import { AppMesh } from "./AppMesh";
import { interception } from "./interception";
import { carried, checkApplication, checkMesh, lacks } from "./limits";
import { agentContainer } from "./agentContainer";
import { applicationPort, proxyResource, virtualServiceName } from "./spec/names";

/**
 * AWS App Mesh, as ADR-003 names it: ended on 2026-09-30, so that this is for the record and for reading old meshes.
 * See docs/decisions/0045-app-mesh.md.
 */
export const appMeshDataPlane: DataPlane = {
    name: "appmesh",
    memberPort: applicationPort,
    endpoints: ["appmesh-envoy-management"],
    lacks,
    checkMesh,
    checkApplication,
    carried,
    addressOf: ({ name }, { trustDomain }) =>
        `http://${virtualServiceName(name, trustDomain)}:${applicationPort}`,
    sidecar,
    ingressProxy,
    taskOf,
    createMesh: (name, mesh, { prefix }, opts) => [
        new AppMesh(`${name}-appmesh`, { name: prefix, mesh }, opts),
    ],
};

function sidecar(request: SidecarRequest): JsonObject {
    const { prefix, proxy, logs, secrets, name, service, application } = request;
    return agentContainer({
        image: proxy.image,
        memory: proxy.memory,
        concurrency: proxy.concurrency,
        resource: proxyResource(prefix, "virtualNode", name),
        member: "service",
        drainSeconds: drainSeconds(service.requestTimeoutSeconds),
        secrets,
        ...(service.protocol === "http"
            ? { application: { port: application.port, path: service.healthPath } }
            : {}),
        after: [
            { container: applicationContainerName, condition: application.isChecked ? "HEALTHY" : "START" },
        ],
        logs,
    });
}

function ingressProxy({
    mesh,
    prefix,
    proxy,
    logs,
    secrets,
    memory,
    concurrency,
}: IngressProxyRequest): JsonObject {
    const entered = mesh.ingress.flatMap(({ service }) => mesh.services.get(service) ?? []);
    return agentContainer({
        image: proxy.image,
        memory,
        concurrency,
        resource: proxyResource(prefix, "virtualGateway", ingressName),
        member: "ingress",
        drainSeconds: drainSeconds(Math.max(...entered.map((service) => service.requestTimeoutSeconds))),
        secrets,
        after: [],
        logs,
    });
}

/** A proxy may fetch its own configuration, and nobody else's. */
function taskOf(member: string, { prefix, region, accountId, partition }: Placement): TaskParts {
    const isIngress = member === ingressName;
    const resource = proxyResource(prefix, isIngress ? "virtualGateway" : "virtualNode", member);
    return {
        statements: [
            {
                Sid: "OwnProxyConfiguration",
                Action: ["appmesh:StreamAggregatedResources"],
                Resource: pulumi.interpolate`arn:${partition}:appmesh:${region}:${accountId}:${resource}`,
            },
        ],
        ...(isIngress ? {} : { proxyConfiguration: interception }),
    };
}
