import "./stacks/promiseTraces";
import * as pulumi from "@pulumi/pulumi";
import { announcePhase } from "./stacks/announcePhase";
import { readSettings } from "./stacks/settings";
import { apiKeys as keysOf, apiUrls as urlsOf, createShop, meshHosts } from "./stacks/shop";

const settings = readSettings();
announcePhase(settings);
const shop = createShop(settings);

/** Public address of every API version. */
export const apiUrls = urlsOf(shop);

/** Every service of the mesh, with the name under which members find it. */
export const meshServices = meshHosts(shop.services);

/** User pool in which customers and API consumers sign in, and the client ids with which they ask for tokens; absent with an issuer of one's own. */
export const userPoolId = shop.edge.userPoolId;
export const clientIds = shop.edge.clientIds;

/** The id by which access logs and usage reports call each client's key. */
export const apiKeyIds = shop.plans.apiKeyIds;

/** API key of each client type and consumer; shown with `--show-secrets`. */
export const apiKeys = pulumi.secret(keysOf(shop));

/** Topic that alarms are published to. */
export const alarmTopicArn = shop.observability.topicArn;
