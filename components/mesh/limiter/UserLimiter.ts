import * as pulumi from "@pulumi/pulumi";
import { rejectIssues } from "../../reject";
import { MeshedService, type MeshedServiceTransform } from "../MeshedService";
import type { ServiceMesh } from "../ServiceMesh";
import {
    limiterEnvironment,
    limiterHealthCommand,
    limiterPort,
    limiterScript,
    storeVariables,
} from "./limiterConfig";
import { LimitStore, type LimitStoreTransform } from "./LimitStore";
import {
    checkLimiter,
    limiterRequestsPerMinute,
    limiterSize,
    resolveLimiter,
    type LimiterArgs,
} from "./resolveLimiter";

export interface UserLimiterArgs extends LimiterArgs {
    /** A mesh with `userLimiter`. */
    readonly mesh: ServiceMesh;
    readonly transform?: UserLimiterTransform;
}

export interface UserLimiterTransform extends LimitStoreTransform {
    /** Children of the service that the limiter is. */
    readonly service?: MeshedServiceTransform;
}

/**
 * The limiter that all ingress tasks ask, so that each user has one limit however many there are: `envoyproxy/ratelimit` as a
 * member of the mesh, which lets the ingress in and nobody else, and the store of its counts. Its name is `user-limiter`.
 *
 * @example
 * const limiter = new UserLimiter("user-limiter", { mesh, image: `${registry}/ratelimit:3fb70258` });
 * new MeshIngress("ingress", { mesh, gateway, rateLimit: { shared: { onFailure: "local" } } }, { dependsOn: [limiter] });
 */
export class UserLimiter extends pulumi.ComponentResource {
    /** Children, for what this component has no argument for. */
    readonly nodes: { readonly service: MeshedService; readonly store: LimitStore };

    constructor(name: string, args: UserLimiterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:mesh:UserLimiter", name, {}, opts);
        const { mesh, transform } = args;
        rejectIssues("UserLimiter", name, checkLimiter(name, args, mesh.definition), this);
        const limiter = resolveLimiter(args);
        const parameters = {
            address: `${mesh.memberPath(name)}/store-address`,
            credentials: `${mesh.memberPath(name)}/store-credentials`,
        };
        const store = new LimitStore(
            `${name}-store`,
            { mesh, parameters, ...(transform === undefined ? {} : { transform }) },
            { parent: this },
        );
        const { tasks, maximum } = limiter;
        const service = new MeshedService(
            name,
            {
                mesh,
                image: limiter.image,
                port: limiterPort,
                script: limiterScript,
                environment: limiterEnvironment(limiter.requestsPerMinute),
                secrets: {
                    [storeVariables.address]: { parameter: parameters.address },
                    [storeVariables.credentials]: { parameter: parameters.credentials },
                },
                healthCommand: limiterHealthCommand,
                size: limiterSize,
                desiredCount: tasks,
                ...(maximum > tasks
                    ? { scaling: { maximum, requestsPerMinute: limiterRequestsPerMinute } }
                    : {}),
                securityGroupIds: [store.clientGroupId],
                ...(transform?.service === undefined ? {} : { transform: transform.service }),
            },
            { parent: this, dependsOn: [...store.parameters] },
        );
        this.nodes = { service, store };
        this.registerOutputs({ requestsPerMinute: limiter.requestsPerMinute, host: service.host });
    }
}
