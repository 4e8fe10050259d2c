import { Issues, type Issue } from "./issues";

/** Quotas of an account that a mesh meets as it grows, and that AWS raises on request. Whatever else runs there counts too. */
export interface MeshQuotas {
    /** IAM roles. @default 1000. Source: IAM user guide, "IAM and AWS STS quotas" */
    readonly roles?: number;
    /** Instances in the mesh's Cloud Map namespace. @default 2000. Source: AWS Cloud Map developer guide, "AWS Cloud Map service quotas" */
    readonly instances?: number;
}

export const defaultQuotas: Required<MeshQuotas> = { roles: 1000, instances: 2000 };

/** Source: Systems Manager user guide, "Managing parameter tiers": standard parameters of an account and region. */
const standardParameters = 10_000;
/** Source: Amazon ECS developer guide, "Amazon ECS service quotas": services of a cluster. */
const clusterServices = 5000;

interface Need {
    readonly what: string;
    readonly each: number;
    /** For the mesh as a whole. */
    readonly besides: number;
    readonly quota: number;
    readonly fix: string;
}

/** An execution and a task role; a certificate and a key, besides what all trust and whom the ingress lets in. */
function needs({ roles }: Required<MeshQuotas>): readonly Need[] {
    const another = "let another account or another mesh have the services after that";
    return [
        {
            what: "IAM roles of the account",
            each: 2,
            besides: 0,
            quota: roles,
            fix: `${another}, or set quotas.roles once AWS has granted more (Service Quotas, IAM, "Roles per account")`,
        },
        {
            what: "standard parameters of the region",
            each: 2,
            besides: 2,
            quota: standardParameters,
            fix: another,
        },
        { what: "services of an ECS cluster", each: 1, besides: 0, quota: clusterServices, fix: another },
    ];
}

/** What grows with every member: the first one for which AWS has no room is named. `members` are those that this mesh gives something. */
export function checkMeshSize(members: readonly string[], asked: MeshQuotas = {}): readonly Issue[] {
    const quotas = { ...defaultQuotas, ...asked };
    const issues = new Issues();
    for (const [name, quota] of Object.entries(quotas)) {
        const valid = Number.isInteger(quota) && quota >= 1;
        issues.require(
            valid,
            `quotas.${name}`,
            quota,
            "what AWS lets the account have, a whole number of at least 1",
        );
    }
    for (const { what, each, besides, quota, fix } of issues.all.length > 0 ? [] : needs(quotas)) {
        const most = Math.floor((quota - besides) / each);
        const first = members[most];
        if (first !== undefined) {
            const want = `at most ${most}, because there are ${quota} ${what}: "${first}" is the first too many; ${fix}`;
            issues.add("services", `${members.length} members`, want);
        }
    }
    return issues.all;
}
