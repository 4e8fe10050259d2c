import { readFile } from "node:fs/promises";
import { deployedProxies, type StackExport } from "../../../local/lab/deployedProxies";
import { MeshLab, type MeshLabOptions } from "../../../local/lab/MeshLab";
import { TestAuthority } from "../../support/certificates";
import { requireEnvoy } from "../../support/envoy";
import { exportVariable } from "./deployOnce";

/** The dev stack as the real engine deployed it, with its secrets. */
export async function deployedStack(): Promise<StackExport> {
    const file = process.env[exportVariable];
    if (file === undefined) {
        throw new Error(`${exportVariable} is not set: run the lab's checks with npm run test:lab`);
    }
    return JSON.parse(await readFile(file, "utf8")) as StackExport;
}

/** A lab with some members of the deployed stack; skips the suite where there is no Envoy. */
export async function startLab(
    context: Mocha.Context,
    members: readonly string[],
    options: MeshLabOptions & { readonly network: number },
): Promise<MeshLab> {
    const binary = await requireEnvoy(context);
    return MeshLab.start(binary, deployedProxies(await deployedStack()), members, options);
}

/** The mesh's own authority, with the key from the state: it can sign what the mesh never would. */
export async function meshAuthority({ deployment }: StackExport): Promise<TestAuthority> {
    const output = (type: string, property: string): string => {
        const found = deployment.resources?.find(
            (resource) => resource.type === type && resource.urn.includes("MeshAuthority"),
        );
        const value = found?.outputs?.[property];
        const secret = value as { readonly plaintext?: string } | string | undefined;
        return typeof secret === "object" ? String(JSON.parse(secret.plaintext ?? '""')) : String(secret);
    };
    return TestAuthority.of(
        output("tls:index/selfSignedCert:SelfSignedCert", "certPem"),
        output("tls:index/privateKey:PrivateKey", "privateKeyPemPkcs8"),
    );
}

/** Nothing to stop where the suite was skipped. */
export async function stopLab(lab: MeshLab | undefined): Promise<void> {
    await lab?.stop();
}
