import "./stacks/promiseTraces";
import * as pulumi from "@pulumi/pulumi";
import { readContract } from "./components/mesh/contracts";
import { announcePhase } from "./stacks/announcePhase";
import { guestStacks } from "./stacks/guests";
import { readSettings } from "./stacks/settings";
import { apiKeys, apiUrls, createShop, handOvers, meshHosts } from "./stacks/shop";

/** Other stacks are read before anything is made: what they say is then known at preview. */
export = async (): Promise<Record<string, unknown>> => {
    const settings = readSettings();
    announcePhase(settings);
    const stacks = guestStacks(settings).map((stack) => new pulumi.StackReference(stack));
    const shop = createShop(settings, await Promise.all(stacks.map(readContract)));
    return {
        // Public address of every API version.
        apiUrls: apiUrls(shop),
        // Every service of the mesh, with the name under which members find it.
        meshServices: meshHosts(shop.services),
        // User pool in which customers and API consumers sign in, and the client ids with which they ask for tokens; absent with an issuer of one's own.
        userPoolId: shop.edge.userPoolId,
        clientIds: shop.edge.clientIds,
        // The id by which access logs and usage reports call each client's key.
        apiKeyIds: shop.plans.apiKeyIds,
        // API key of each client type and consumer; shown with `--show-secrets`.
        apiKeys: pulumi.secret(apiKeys(shop)),
        // Topic that alarms are published to.
        alarmTopicArn: shop.observability.topicArn,
        ...handOvers(settings, shop),
    };
};
