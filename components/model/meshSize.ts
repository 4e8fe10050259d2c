import { Issues, type Issue } from "./issues";
import { awsQuotas, type AwsQuota } from "./quotas";

/** Quotas of an account that a mesh meets as it grows, and that AWS raises on request. Whatever else runs there counts too. */
export interface MeshQuotas {
    /** IAM roles of the account. @default 1000 */
    readonly roles?: number;
    /** Instances in the mesh's Cloud Map namespace. @default 2000 */
    readonly instances?: number;
}

export const defaultQuotas: Required<MeshQuotas> = {
    roles: awsQuotas.roles.value,
    instances: awsQuotas.instances.value,
};

interface Need {
    readonly quota: AwsQuota;
    readonly each: number;
    /** For the mesh as a whole. */
    readonly besides: number;
    readonly fix: string;
}

const another = "let another account or another mesh have the services after that";

/** An execution and a task role; a certificate and a key, besides what all trust and whom the ingress lets in. */
function needs({ roles }: Required<MeshQuotas>): readonly Need[] {
    return [
        {
            quota: { ...awsQuotas.roles, value: roles },
            each: 2,
            besides: 0,
            fix: `${another}, or set quotas.roles once AWS has granted more (Service Quotas, IAM, L-FE177D64)`,
        },
        { quota: awsQuotas.parameters, each: 2, besides: 2, fix: another },
        { quota: awsQuotas.clusterServices, each: 1, besides: 0, fix: another },
    ];
}

/** What grows with every member: the first one for which AWS has no room is named. `members` are those that this mesh gives something. */
export function checkMeshSize(members: readonly string[], asked: MeshQuotas = {}): readonly Issue[] {
    const quotas = { ...defaultQuotas, ...asked };
    const issues = new Issues();
    for (const [name, quota] of Object.entries(quotas)) {
        const valid = Number.isInteger(quota) && quota >= 1;
        const want = "what AWS lets the account have, a whole number of at least 1";
        issues.require(valid, `quotas.${name}`, quota, want);
    }
    for (const { quota, each, besides, fix } of issues.all.length > 0 ? [] : needs(quotas)) {
        const most = Math.floor((quota.value - besides) / each);
        const first = members[most];
        if (first !== undefined) {
            const want = `at most ${most} (${quota.name}: ${quota.value}): "${first}" is the first too many; ${fix}`;
            issues.add("services", `${members.length} members`, want);
        }
    }
    return issues.all;
}
