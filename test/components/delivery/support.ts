import type { DeliveryRolesArgs } from "../../../components/delivery/deliveryArgs";
import type { Scope } from "../../../components/delivery/scope";
import type { StateStore } from "../../../components/delivery/state";

export const scope: Scope = {
    accountId: "123456789012",
    region: "eu-central-1",
    prefix: "traffic-dev",
    domain: "api.dev.shop.example",
};
export const state: StateStore = {
    bucket: "shop-traffic-state",
    bucketKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/bucket",
    secretsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/secrets",
    project: "traffic",
    stack: "dev",
};
export const delivery: DeliveryRolesArgs = {
    scope,
    state,
    repository: { name: "shop/platform", id: "4711", subject: "repo:shop/platform" },
};
