import * as pulumi from "@pulumi/pulumi";
import type { ServiceMesh } from "../mesh/ServiceMesh";
import { openStep } from "../network/openStep";

export interface PlainCallsArgs {
    readonly mesh: ServiceMesh;
    /** Port on which every application listens. */
    readonly applicationPort: number;
}

/** Lets services call each other's applications, in plain text: until their proxies do it for them. */
export class PlainCalls extends pulumi.ComponentResource {
    constructor(name: string, args: PlainCallsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:migration:PlainCalls", name, {}, opts);
        const { mesh, applicationPort: port } = args;
        const members = mesh.securityGroupId;
        openStep(
            `${name}-members`,
            { from: members, to: members, port, carries: "Plain text" },
            { parent: this },
        );
        this.registerOutputs({ port });
    }
}
