import * as pulumi from "@pulumi/pulumi";
import { MeshedService } from "../../../../components/mesh/MeshedService";
import { createSmallMesh, imageOf } from "../../../../test/support/programs/smallMesh";
import { ringOfServices } from "../ringOfServices";

const services = ringOfServices(new pulumi.Config("bench").requireNumber("services"));
const { mesh } = createSmallMesh("bench", { services });

for (const name of Object.keys(services)) {
    new MeshedService(name, { mesh, image: imageOf(name), port: 8080 });
}
