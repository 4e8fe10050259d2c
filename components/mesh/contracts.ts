import type * as pulumi from "@pulumi/pulumi";
import { Issues, type Issue } from "../model/issues";
import type { ForeignService } from "../model/mesh";
import { readOutput, stackName } from "../readOutput";
import { handOverFormat, meshOutputs, ReadContract, type MeshContract } from "./handOver";

/** The services that a stack deploys, as its owner declares them. */
export async function readContract(reference: pulumi.StackReference): Promise<ReadContract> {
    const contract = await readOutput<MeshContract>(reference, meshOutputs.contract, {
        format: handOverFormat,
        wanted: ["trustDomain", "services"],
    });
    return new ReadContract(contract, await stackName(reference));
}

/** What a mesh registers of them, by which the policies judge calls that leave the stack: stack to service, callers and versions. */
export function registeredContracts(
    contracts: readonly ReadContract[],
): Readonly<Record<string, Readonly<Record<string, RegisteredService>>>> {
    const services = ({ services: all }: ReadContract): Readonly<Record<string, RegisteredService>> =>
        Object.fromEntries(
            Object.entries(all).map(([name, { callers, versions }]) => [
                name,
                { callers, deployments: versions.map(({ deployment }) => deployment) },
            ]),
        );
    return Object.fromEntries(contracts.map((contract) => [contract.stack, services(contract)]));
}

interface RegisteredService {
    readonly callers: readonly string[];
    readonly deployments: readonly string[];
}

/** Services of several stacks by their names, of which each is one stack's. */
export function foreignServices(
    contracts: readonly MeshContract[],
): Readonly<Record<string, ForeignService>> {
    return Object.fromEntries(contracts.flatMap(({ services }) => Object.entries(services)));
}

/** Stacks of other meshes, and names that two stacks claim. */
export function checkContracts(trustDomain: string, contracts: readonly MeshContract[]): readonly Issue[] {
    const issues = new Issues();
    const owners = new Set<string>();
    for (const [index, contract] of contracts.entries()) {
        const path = `contracts[${index}]`;
        issues.require(
            contract.trustDomain === trustDomain,
            path,
            contract.trustDomain,
            `a stack of the mesh ${trustDomain}`,
        );
        for (const name of Object.keys(contract.services)) {
            issues.require(!owners.has(name), path, name, "services that no other stack has");
            owners.add(name);
        }
    }
    return issues.all;
}
