import type { DataPlaneName } from "../model/dataPlane";
import type { DataPlane } from "./dataPlane";
import { appMeshDataPlane } from "./appmesh/dataPlane";
import { envoyDataPlane } from "./envoy/dataPlane";

export const dataPlanes: Readonly<Record<DataPlaneName, DataPlane>> = {
    envoy: envoyDataPlane,
    appmesh: appMeshDataPlane,
};
