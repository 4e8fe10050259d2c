import { MeshedService, type MeshedServiceArgs } from "../../../components/mesh/MeshedService";
import { record, refusal, type RecordedResource } from "../../support/mocks";
import { cartImage, createMesh } from "./support";

type Args = Omit<MeshedServiceArgs, "mesh">;

export async function deploy(name: string, args: Partial<Args> = {}): Promise<readonly RecordedResource[]> {
    return record(
        () => new MeshedService(name, { mesh: createMesh(), image: cartImage, port: 8080, ...args }),
    );
}

export async function refused(
    name: string,
    args: Partial<Args>,
): Promise<{ message: string; children: readonly string[] }> {
    const { message, resources } = await refusal((attempt) => {
        const mesh = createMesh();
        attempt(() => new MeshedService(name, { mesh, image: cartImage, port: 8080, ...args }));
    });
    const children = resources.filter(({ parent }) => parent === name).map((child) => child.name);
    return { message, children };
}
