import * as pulumi from "@pulumi/pulumi";
import type { DeliveryRolesArgs } from "../../components/delivery/deliveryArgs";
import type { StateStore } from "../../components/delivery/state";

/** The project that the roles deploy (Pulumi.yaml at the root); this stack has the name of the one that it is for. */
const PROJECT = "traffic";

/** Reads Pulumi.<stack>.yaml; the component checks the values. */
export function readDeliverySettings(): DeliveryRolesArgs {
    const config = new pulumi.Config();
    const stack = pulumi.getStack();
    const repository = config.require("repository");
    const provider = config.get("oidcProviderArn");
    return {
        scope: {
            accountId: config.require("accountId"),
            region: new pulumi.Config("aws").require("region"),
            prefix: `${PROJECT}-${stack}`,
            domain: config.require("domain"),
        },
        state: {
            ...config.requireObject<Omit<StateStore, "project" | "stack">>("state"),
            project: PROJECT,
            stack,
        },
        repository: {
            name: repository,
            id: config.require("repositoryId"),
            subject: config.get("subject") ?? `repo:${repository}`,
        },
        ...(provider === undefined ? {} : { oidcProviderArn: provider }),
        previewFromPullRequests: config.getBoolean("previewFromPullRequests") ?? false,
    };
}
