import * as apigateway from "@pulumi/aws/apigateway";
import * as pulumi from "@pulumi/pulumi";
import type { Issue } from "../model/issues";
import { rejectIssues } from "../reject";
import { transformed, type Transform } from "../transform";
import type { Edge } from "./edge";
import type { ExternalApi } from "./ExternalApi";
import { applications } from "./clients";
import { checkPlans, consumerThrottle, sharedThrottle, type PlanThrottle, type SharedPlan } from "./plans";

export interface ApiPlansArgs {
    readonly edge: Edge;
    /** All APIs of the stack: every key works for all of them. */
    readonly apis: readonly ExternalApi[];
    readonly web: SharedPlan;
    readonly mobile: SharedPlan;
    readonly transform?: {
        readonly usagePlan?: Transform<apigateway.UsagePlanArgs>;
        readonly apiKey?: Transform<apigateway.ApiKeyArgs>;
        readonly usagePlanKey?: Transform<apigateway.UsagePlanKeyArgs>;
    };
}

/** What one client has. */
export interface PlanNodes {
    readonly plan: apigateway.UsagePlan;
    /** Absent where the client has its key from the edge's own stack. */
    readonly key?: apigateway.ApiKey;
    readonly planKey: apigateway.UsagePlanKey;
}

/**
 * A usage plan and an API key for each client type of ADR-003: web, mobile, and every API consumer of the edge. Behind another
 * stack's edge clients keep the keys that they have: the plans take those in.
 */
export class ApiPlans extends pulumi.ComponentResource {
    /** Client to the API key that was made for it: secret. */
    readonly apiKeys: Readonly<Record<string, pulumi.Output<string>>>;
    /** Client to its key's id, by which logs and metrics call it. */
    readonly apiKeyIds: Readonly<Record<string, pulumi.Output<string>>>;
    readonly nodes: Readonly<Record<string, PlanNodes>>;

    constructor(name: string, args: ApiPlansArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:gateway:ApiPlans", name, {}, opts);
        const { apis, edge, mobile, web } = args;
        const issues = [...checkPlans({ web, mobile }, apis, edge.consumers), ...checkKeys(edge)];
        rejectIssues("ApiPlans", name, issues, this);
        const throttles: Readonly<Record<string, PlanThrottle>> = {
            web: sharedThrottle(web),
            mobile: sharedThrottle(mobile),
            ...Object.fromEntries(edge.consumers.map((consumer) => [consumer, consumerThrottle])),
        };
        const clients = Object.entries(throttles).map(
            ([client, throttle]) => [client, this.createClient(name, client, throttle, args)] as const,
        );
        this.nodes = Object.fromEntries(clients);
        this.apiKeys = Object.fromEntries(
            clients.flatMap(([client, { key }]) =>
                key === undefined ? [] : [[client, pulumi.secret(key.value)] as const],
            ),
        );
        this.apiKeyIds = Object.fromEntries(clients.map(([client, { planKey }]) => [client, planKey.keyId]));
        this.registerOutputs({
            throttles,
            consumers: edge.consumers,
            apis: apis.map(({ api, stages }) => ({ api, versions: stages.map(({ version }) => version) })),
            apiKeys: this.apiKeys,
        });
    }

    private createClient(
        name: string,
        client: string,
        throttle: PlanThrottle,
        args: ApiPlansArgs,
    ): PlanNodes {
        const { apis, edge, transform = {} } = args;
        const owner =
            edge.apiKeyIds === undefined ? edge.placement.prefix : `${edge.placement.prefix}-${name}`;
        const planArgs: apigateway.UsagePlanArgs = {
            name: `${owner}-${client}`,
            description: `Requests of ${client}`,
            throttleSettings: { rateLimit: throttle.rateLimit, burstLimit: throttle.burstLimit },
            apiStages: apis.flatMap(({ stages }) =>
                stages.map(({ restApiId, stageName }) => ({ apiId: restApiId, stage: stageName })),
            ),
        };
        const plan = new apigateway.UsagePlan(
            `${name}-${client}`,
            transformed(planArgs, transform.usagePlan),
            {
                parent: this,
            },
        );
        const known = edge.apiKeyIds?.[client];
        const key = known === undefined ? this.createKey(name, client, args) : undefined;
        const planKey = new apigateway.UsagePlanKey(
            `${name}-${client}-plan-key`,
            transformed<apigateway.UsagePlanKeyArgs>(
                { keyId: key?.id ?? known ?? "", keyType: "API_KEY", usagePlanId: plan.id },
                transform.usagePlanKey,
            ),
            { parent: this },
        );
        return { plan, planKey, ...(key === undefined ? {} : { key }) };
    }

    private createKey(
        name: string,
        client: string,
        { edge, transform = {} }: ApiPlansArgs,
    ): apigateway.ApiKey {
        const { prefix, protect } = edge.placement;
        const keyArgs: apigateway.ApiKeyArgs = {
            name: `${prefix}-${client}`,
            description: `Key of ${client}`,
        };
        return new apigateway.ApiKey(`${name}-${client}-key`, transformed(keyArgs, transform.apiKey), {
            parent: this,
            protect,
        });
    }
}

/** A client of another stack's edge that has no key there would have none here. */
function checkKeys({ apiKeyIds, consumers }: Edge): readonly Issue[] {
    const clients = [...applications, ...consumers];
    return apiKeyIds === undefined
        ? []
        : clients
              .filter((client) => apiKeyIds[client] === undefined)
              .map((client) => ({
                  path: `edge.apiKeyIds.${client}`,
                  got: undefined,
                  want: "the id of its key, which the edge's own stack hands over",
              }));
}
