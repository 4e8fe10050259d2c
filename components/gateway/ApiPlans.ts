import * as apigateway from "@pulumi/aws/apigateway";
import * as pulumi from "@pulumi/pulumi";
import { rejectIssues } from "../reject";
import { transformed, type Transform } from "../transform";
import type { ApiEdge } from "./ApiEdge";
import type { ExternalApi } from "./ExternalApi";
import { checkPlans, consumerThrottle, sharedThrottle, type PlanThrottle, type SharedPlan } from "./plans";

export interface ApiPlansArgs {
    readonly edge: ApiEdge;
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
    readonly key: apigateway.ApiKey;
    readonly planKey: apigateway.UsagePlanKey;
}

/** A usage plan and an API key for each client type of ADR-003: web, mobile, and every API consumer of the edge. */
export class ApiPlans extends pulumi.ComponentResource {
    /** Client to its API key: secret. */
    readonly apiKeys: Readonly<Record<string, pulumi.Output<string>>>;
    /** Client to its key's id, by which logs and metrics call it. */
    readonly apiKeyIds: Readonly<Record<string, pulumi.Output<string>>>;
    readonly nodes: Readonly<Record<string, PlanNodes>>;

    constructor(name: string, args: ApiPlansArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:gateway:ApiPlans", name, {}, opts);
        const { apis, edge, mobile, web } = args;
        rejectIssues("ApiPlans", name, checkPlans({ web, mobile }, apis, edge.consumers), this);
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
            clients.map(([client, { key }]) => [client, pulumi.secret(key.value)]),
        );
        this.apiKeyIds = Object.fromEntries(clients.map(([client, { key }]) => [client, key.id]));
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
        { apis, edge, transform = {} }: ApiPlansArgs,
    ): PlanNodes {
        const { prefix, protect } = edge.placement;
        const planArgs: apigateway.UsagePlanArgs = {
            name: `${prefix}-${client}`,
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
        const keyArgs: apigateway.ApiKeyArgs = {
            name: `${prefix}-${client}`,
            description: `Key of ${client}`,
        };
        const key = new apigateway.ApiKey(`${name}-${client}-key`, transformed(keyArgs, transform.apiKey), {
            parent: this,
            protect,
        });
        const planKey = new apigateway.UsagePlanKey(
            `${name}-${client}-plan-key`,
            transformed<apigateway.UsagePlanKeyArgs>(
                { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id },
                transform.usagePlanKey,
            ),
            { parent: this },
        );
        return { plan, key, planKey };
    }
}
