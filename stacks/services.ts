import { MeshedService, type MeshedServiceArgs } from "../components/mesh/MeshedService";
import type { ServiceMesh } from "../components/mesh/ServiceMesh";
import { applicationPort, deploymentNames, type ServiceName } from "./catalogue";
import type { Settings } from "./resolveSettings";

export type ShopServices = Readonly<Record<ServiceName, MeshedService>>;

/** What depends on how traffic reaches a service. */
export type ServiceEntrance = Pick<MeshedServiceArgs, "plainTarget" | "deployAfter">;

export function createServices(
    { images, size }: Settings,
    mesh: ServiceMesh,
    entranceOf: (service: string) => ServiceEntrance,
): ShopServices {
    const { tasks, maximum, ...taskSize } = size.service;
    const created = deploymentNames.map((name) => [
        name,
        new MeshedService(name, {
            mesh,
            image: images[name as ServiceName],
            port: applicationPort,
            size: taskSize,
            desiredCount: tasks,
            ...(maximum > tasks ? { scaling: { maximum } } : {}),
            ...entranceOf(name),
        }),
    ]);
    return Object.fromEntries(created) as Record<ServiceName, MeshedService>;
}
