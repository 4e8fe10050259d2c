import type { Table } from "../table/emulation";
import { apiClients } from "./resources/apiClients";
import { appMesh } from "./resources/appMesh";
import { cognito } from "./resources/cognito";
import { discovery } from "./resources/discovery";
import { ecs } from "./resources/ecs";
import { elasticache } from "./resources/elasticache";
import { iam } from "./resources/iam";
import { kms } from "./resources/kms";
import { loadBalancing } from "./resources/loadBalancing";
import { monitoring } from "./resources/monitoring";
import { names } from "./resources/names";
import { privateCa } from "./resources/privateCa";
import { restApi } from "./resources/restApi";
import { scaling } from "./resources/scaling";
import { ssm } from "./resources/ssm";
import { vpcAccess } from "./resources/vpcAccess";
import { vpcNetwork } from "./resources/vpcNetwork";
import { waf } from "./resources/waf";

/** Every AWS resource type that can be deployed in local mode. */
export const awsTable: Table = {
    ...apiClients,
    ...appMesh,
    ...cognito,
    ...discovery,
    ...ecs,
    ...elasticache,
    ...iam,
    ...kms,
    ...loadBalancing,
    ...monitoring,
    ...names,
    ...privateCa,
    ...restApi,
    ...scaling,
    ...ssm,
    ...vpcAccess,
    ...vpcNetwork,
    ...waf,
};
