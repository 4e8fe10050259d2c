import { DeliveryRoles } from "../../components/delivery/DeliveryRoles";
import { readDeliverySettings } from "./settings";

const roles = new DeliveryRoles("delivery", readDeliverySettings());

/** `AWS_ROLE_ARN` of the GitHub environments `<stack>` and `<stack>-upkeep`. */
export const deployRoleArn = roles.deployRoleArn;

/** `AWS_ROLE_ARN` of the GitHub environment `<stack>-preview`. */
export const readRoleArn = roles.readRoleArn;

/** `traffic:existing.permissionsBoundaryArn` of the stack: without it the deploy role may make no role. */
export const boundaryArn = roles.boundaryArn;
