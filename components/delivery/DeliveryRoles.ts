import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { rejectIssues } from "../reject";
import { boundaryStatements } from "./boundary";
import { checkDelivery, type DeliveryRolesArgs } from "./deliveryArgs";
import { areas, asDocument, scopedStatements, unscopedStatements, type Access } from "./documents";
import { boundaryName } from "./grants/platform";
import { iamArn } from "./scope";
import { stateStatements } from "./state";
import { AUDIENCE, ISSUER, trustDocument, type TrustedJob } from "./trust";

/** Seconds for which a deploy's credentials hold: as long as its job may run. */
const DEPLOY_SECONDS = 5400;
const READ_SECONDS = 3600;

/**
 * The roles that CI assumes, and nobody else: one that deploys a stack, one that only reads it, and the boundary of every role that a
 * deploy makes. It is a stack of its own, which an administrator deploys: no role here may change itself or the boundary.
 */
export class DeliveryRoles extends pulumi.ComponentResource {
    readonly deployRoleArn: pulumi.Output<string>;
    readonly readRoleArn: pulumi.Output<string>;
    /** For `traffic:existing.permissionsBoundaryArn` of the stack. */
    readonly boundaryArn: pulumi.Output<string>;

    constructor(name: string, args: DeliveryRolesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:delivery:DeliveryRoles", name, {}, opts);
        rejectIssues("DeliveryRoles", name, checkDelivery(args), this);
        const { scope, state, previewFromPullRequests = false } = args;
        const { stack } = state;
        const provider = this.createProvider(name, args);
        const boundary = new iam.Policy(
            `${name}-boundary`,
            {
                name: boundaryName(scope),
                description: `The most that a role of ${scope.prefix} may do`,
                policy: asDocument(boundaryStatements(scope)),
            },
            { parent: this, protect: true },
        );
        const deploy = this.createRole(name, args, "deploy", provider, [
            { environment: stack, workflow: "deploy-stack.yml" },
            { environment: `${stack}-upkeep`, workflow: "upkeep-stack.yml" },
        ]);
        const readers = previewFromPullRequests
            ? [{ environment: `${stack}-preview` }]
            : ["deploy-stack.yml", "upkeep-stack.yml"].map((workflow) => ({
                  environment: `${stack}-preview`,
                  workflow,
              }));
        const read = this.createRole(name, args, "read", provider, readers);
        this.deployRoleArn = deploy.arn;
        this.readRoleArn = read.arn;
        this.boundaryArn = boundary.arn;
        this.registerOutputs({
            deployRoleArn: this.deployRoleArn,
            readRoleArn: this.readRoleArn,
            boundaryArn: this.boundaryArn,
        });
    }

    /** AWS knows GitHub's certificates itself: no thumbprint is kept. */
    private createProvider(
        name: string,
        { oidcProviderArn }: DeliveryRolesArgs,
    ): iam.OpenIdConnectProvider | undefined {
        if (oidcProviderArn !== undefined) {
            return undefined;
        }
        return new iam.OpenIdConnectProvider(
            `${name}-github`,
            { url: `https://${ISSUER}`, clientIdLists: [AUDIENCE] },
            { parent: this },
        );
    }

    private createRole(
        name: string,
        { scope, state, repository }: DeliveryRolesArgs,
        access: Access,
        provider: iam.OpenIdConnectProvider | undefined,
        jobs: readonly TrustedJob[],
    ): iam.Role {
        const role = new iam.Role(
            `${name}-${access}`,
            {
                name: `delivery-${scope.prefix}-${access}`,
                description: `CI ${access === "deploy" ? "deploys" : "previews"} ${scope.prefix} with it`,
                assumeRolePolicy: trustDocument(iamArn(scope, `oidc-provider/${ISSUER}`), repository, jobs),
                maxSessionDuration: access === "deploy" ? DEPLOY_SECONDS : READ_SECONDS,
            },
            { parent: this, ...(provider === undefined ? {} : { dependsOn: provider }) },
        );
        const documents = {
            ...Object.fromEntries(areas.map((area) => [area, scopedStatements(scope, area, access)])),
            state: stateStatements(state, access),
            unscoped: unscopedStatements(scope, access),
        };
        for (const [part, statements] of Object.entries(documents)) {
            if (statements.length > 0) {
                this.attach(
                    `${name}-${access}-${part}`,
                    `delivery-${scope.prefix}-${access}-${part}`,
                    role,
                    asDocument(statements),
                );
            }
        }
        return role;
    }

    private attach(name: string, physicalName: string, role: iam.Role, document: string): void {
        const policy = new iam.Policy(name, { name: physicalName, policy: document }, { parent: this });
        new iam.RolePolicyAttachment(
            `${name}-attachment`,
            { role: role.name, policyArn: policy.arn },
            { parent: this },
        );
    }
}
