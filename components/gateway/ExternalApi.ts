import * as pulumi from "@pulumi/pulumi";
import { rejectIssues } from "../reject";
import type { ApiBackend, ExternalApiArgs } from "./apiArgs";
import { createApiVersion, type ApiVersionNodes } from "./createApiVersion";
import { placeholders } from "./openapi/placeholders";
import { resolveApi, type ResolvedApi } from "./resolveApi";
import type { ResolvedVersion } from "./resolveVersion";

/** A stage by the two names that usage plans need. */
export interface ApiStage {
    readonly version: string;
    readonly restApiId: pulumi.Output<string>;
    readonly stageName: pulumi.Output<string>;
}

/**
 * A public API (ADR-003, "API Gateway for External Traffic"): each version of its contract as a REST API behind the edge's
 * domain, Web ACL and user pool, with requests handed to one service of the mesh.
 */
export class ExternalApi extends pulumi.ComponentResource {
    /** First segment of the API's public path. */
    readonly api: string;
    /** The mesh's service behind the API. */
    readonly service: string;
    /** Version to public address, for example `https://api.shop.example/orders/v1`. */
    readonly urls: Readonly<Record<string, string>>;
    /** Versions that will end. */
    readonly deprecated: readonly string[];
    readonly stages: readonly ApiStage[];
    /** Version to the resources that it consists of. */
    readonly nodes: Readonly<Record<string, ApiVersionNodes>>;

    constructor(name: string, args: ExternalApiArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:gateway:ExternalApi", name, {}, opts);
        const resolved = resolveApi(name, args);
        rejectIssues("ExternalApi", name, resolved.issues, this);
        const { edge } = args;
        this.api = resolved.api;
        this.service = args.service;
        this.urls = Object.fromEntries(
            resolved.versions.map(({ version, mappingKey }) => [
                version,
                `https://${edge.host}/${mappingKey}`,
            ]),
        );
        this.deprecated = resolved.versions.flatMap(({ isDeprecated, version }) =>
            isDeprecated ? [version] : [],
        );
        this.nodes = this.createVersions(name, args, resolved);
        this.stages = Object.entries(this.nodes).map(([version, { restApi, stage }]) => ({
            version,
            restApiId: restApi.id,
            stageName: stage.stageName,
        }));
        this.registerOutputs({
            api: this.api,
            service: this.service,
            urls: this.urls,
            backend: registeredBackend(args.backend),
            publicOperations: args.publicOperations ?? {},
            placeholders,
            versions: Object.fromEntries(
                resolved.versions.map((each) => [each.version, this.registered(each)]),
            ),
        });
    }

    private createVersions(
        name: string,
        { backend, edge, transform = {} }: ExternalApiArgs,
        { api, throttle, versions }: ResolvedApi,
    ): Readonly<Record<string, ApiVersionNodes>> {
        const created = versions.map((resolved) => {
            const version = { edge, api, resolved, backend, throttle, transform };
            return [
                resolved.version,
                createApiVersion(`${name}-${resolved.version}`, version, this),
            ] as const;
        });
        return Object.fromEntries(created);
    }

    /** What a policy judges at preview, when the body itself is not known yet, and compares with the body on `up`. */
    private registered({
        contract,
        mappingKey,
        template,
        version,
    }: ResolvedVersion): Record<string, unknown> {
        return {
            template,
            mappingKey,
            stageName: version,
            scopes: Object.fromEntries(
                contract.operations.map(({ access, id }) => [id, access.scopes ?? []]),
            ),
            restApiId: this.nodes[version]?.restApi.id,
        };
    }
}

/** Without what it waits for. */
function registeredBackend(backend: ApiBackend): object {
    const { loadBalancerArn, plainPort, serverName, verifyServerCertificate } = backend;
    return {
        loadBalancerArn,
        serverName,
        verifyServerCertificate,
        ...(plainPort === undefined ? {} : { plainPort }),
    };
}
