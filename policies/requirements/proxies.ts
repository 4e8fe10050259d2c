import { gather, type Finding } from "../finding";
import { meshType } from "../facts/appmesh/resources";
import type { Unheld } from "../facts/dataPlane";
import { once } from "../facts/memo";
import { proxiedServices, sidecarOf } from "../facts/sidecar";
import type { Resource, Stack } from "../facts/stack";
import type { Check } from "../rule";

/**
 * One check for each service's proxy, and one for each App Mesh: what its data plane cannot hold is not the services' to mend. There
 * one exception lets it pass, and what it can hold stays mandatory for every service.
 */
export function eachProxy(
    stack: Stack,
    judge: (service: Resource) => readonly Finding[],
    services: readonly Resource[] = proxiedServices(stack),
): readonly Check[] {
    const judged = services.map((service) => ({
        service,
        // The services' checks and the mesh's ask for the same findings.
        findings: once(() => gather(() => judge(service))),
        unheld: unheldOf(service),
    }));
    return [
        ...judged.map(({ service, findings, unheld }) => ({
            subject: service,
            judge: () => findings().filter((finding) => lacking(finding, unheld) === undefined),
        })),
        ...stack.ofType(meshType).map((mesh) => ({
            subject: mesh,
            judge: () =>
                judged
                    .flatMap(({ findings, unheld }) =>
                        unheld.length === 0
                            ? []
                            : findings().flatMap((finding) => lacking(finding, unheld) ?? []),
                    )
                    .filter(isFirst),
        })),
    ];
}

function unheldOf(service: Resource): readonly Unheld[] {
    let unheld: readonly Unheld[] = [];
    gather(() => {
        unheld = sidecarOf(service).source.unheld;
        return [];
    });
    return unheld;
}

/** The same finding as one of the mesh, or nothing where the data plane has a field for it. */
function lacking(finding: Finding, unheld: readonly Unheld[]): Finding | undefined {
    const found = unheld.find(({ isAbout }) => isAbout(finding));
    return found === undefined
        ? undefined
        : { at: "spec", found: "a data plane that has no field for it", required: found.what };
}

function isFirst(finding: Finding, index: number, all: readonly Finding[]): boolean {
    return all.findIndex(({ required }) => required === finding.required) === index;
}
