import * as ssm from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { authorityId, type Authority, type ResolvedAuthorities } from "../model/authority";
import { createSigner, type Signer } from "./signer";
import { describeTrust, refuseUnsafeChange } from "./trust";

export interface MeshAuthorityArgs {
    readonly trustDomain: string;
    readonly authorities: ResolvedAuthorities;
    /** Name of the parameter that holds the certificates every member trusts. */
    readonly trustParameter: string;
    /** Refuse to delete the key that signs: every member would have to get a new certificate at once. */
    readonly protect: boolean;
}

/** Who signs members' certificates, and whom members trust. Keys of own authorities stay in the stack's state, encrypted by its secrets provider. */
export class MeshAuthority extends pulumi.ComponentResource {
    readonly signer: Signer;
    /** Id of the signer: another one means new keys for all members. */
    readonly signerId: string;
    /** Holds the trusted certificates. What the signer makes waits for it: where a change of trust is refused, nobody gets another certificate. */
    readonly trust: ssm.Parameter;
    /** Changes with the trusted certificates, after the parameter has them: members then start anew. */
    readonly trustVersion: pulumi.Output<string>;

    constructor(name: string, args: MeshAuthorityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("shop:mesh:MeshAuthority", name, {}, opts);
        const { trustDomain, authorities } = args;
        const create = (authority: Authority): Signer =>
            createSigner(name, authority, trustDomain, {
                parent: this,
                protect: args.protect && authority === authorities.signer,
            });
        this.signer = create(authorities.signer);
        this.signerId = authorityId(authorities.signer);
        const others = authorities.trusted.filter((authority) => authority !== authorities.signer);
        const trusted = [this.signer, ...others.map(create)];
        this.trust = this.createTrust(name, args, trusted);
        this.trustVersion = this.trust.version.apply(String);
        this.registerOutputs({
            trustDomain,
            signer: this.signerId,
            trusted: authorities.trusted.map(authorityId),
        });
    }

    private createTrust(
        name: string,
        { authorities, trustParameter }: MeshAuthorityArgs,
        trusted: readonly Signer[],
    ): ssm.Parameter {
        const certificates = pulumi.all(trusted.map(({ certificatePem }) => certificatePem));
        return new ssm.Parameter(
            `${name}-trust`,
            {
                name: trustParameter,
                description: describeTrust(authorities),
                type: "String",
                value: certificates.apply((pems) => pems.join("\n")),
            },
            { parent: this, hooks: refuseUnsafeChange(`${name}-trust-change`) },
        );
    }
}
