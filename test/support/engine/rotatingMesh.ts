import { X509Certificate } from "node:crypto";
import { deployedProxies, type DeployedProxy, type StackExport } from "../../../local/lab/deployedProxies";
import { join } from "node:path";
import type { EngineResult } from "./EngineRun";
import { LocalEngine, SHOP, type RunOptions } from "./LocalEngine";

/** What `traffic:certificateAuthority` says; absent for the default. */
export type AuthoritySetting = object | undefined;

/** A deploy as its tasks have it. */
export interface Deployed {
    readonly proxies: ReadonlyMap<string, DeployedProxy>;
    readonly stack: StackExport;
}

/** Two of the shop's services in a mesh, deployed again and again with other authorities. */
export class RotatingMesh {
    private constructor(readonly engine: LocalEngine) {}

    static async create(): Promise<RotatingMesh> {
        return new RotatingMesh(await LocalEngine.create(join(SHOP, "test/engine/fixtures/mesh"), "dev"));
    }

    /** Deploys under the policies; throws with the output where that fails. */
    async deploy(
        authority: AuthoritySetting,
        environment: RunOptions["environment"] = {},
    ): Promise<Deployed> {
        const up = await this.engine.up({ ...options(authority), environment });
        if (up.code !== 0) {
            throw new Error(up.output);
        }
        return this.deployed();
    }

    /** What is deployed now. */
    async deployed(): Promise<Deployed> {
        const stack = { deployment: { resources: await this.engine.exportState(true) } };
        return { stack, proxies: deployedProxies(stack) };
    }

    async preview(authority: AuthoritySetting): Promise<EngineResult> {
        return this.engine.preview(options(authority));
    }

    async up(authority: AuthoritySetting): Promise<EngineResult> {
        return this.engine.up(options(authority));
    }
}

function options(authority: AuthoritySetting): RunOptions {
    const config =
        authority === undefined ? {} : { "traffic:certificateAuthority": JSON.stringify(authority) };
    return { args: ["--policy-pack", join(SHOP, "policies")], config };
}

/** A member's certificate. */
export function certificateOf({ environment }: DeployedProxy): X509Certificate {
    return new X509Certificate(environment.MESH_CERTIFICATE ?? "");
}

/** Whether a member that was deployed with `truster` accepts one that was deployed with `shown`. */
export function trusts(truster: DeployedProxy, shown: DeployedProxy): boolean {
    const bundle =
        (truster.environment.MESH_TRUST ?? "").match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? [];
    const certificate = certificateOf(shown);
    return bundle
        .map((pem) => new X509Certificate(pem))
        .some((authority) => certificate.checkIssued(authority) && certificate.verify(authority.publicKey));
}
