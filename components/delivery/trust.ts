import type { Condition } from "./scope";

/** GitHub's issuer of tokens for jobs. */
export const ISSUER = "token.actions.githubusercontent.com";
/** What `aws-actions/configure-aws-credentials` asks tokens for. */
export const AUDIENCE = "sts.amazonaws.com";

/** The repository whose CI may assume the roles. */
export interface Repository {
    /** `owner/name` */
    readonly name: string;
    /** GitHub's id of it: a repository that gets the name later does not have it. */
    readonly id: string;
    /** How tokens' `sub` begins: `repo:owner/name`, or `repo:owner-<id>/name-<id>` where it is immutable. */
    readonly subject: string;
}

/** A job that may assume a role. */
export interface TrustedJob {
    /** GitHub environment that the job runs in. */
    readonly environment: string;
    /** Workflow file that the job is written in, on main; absent: any branch's, which is for previews only. */
    readonly workflow?: string;
}

/** Who may assume a role: these jobs of this repository, each claim as it is written, none by a pattern. */
export function trustDocument(
    providerArn: string,
    repository: Repository,
    jobs: readonly TrustedJob[],
): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: jobs.map((job) => ({
            Effect: "Allow",
            Principal: { Federated: providerArn },
            Action: "sts:AssumeRoleWithWebIdentity",
            Condition: claims(repository, job),
        })),
    });
}

function claims(repository: Repository, { environment, workflow }: TrustedJob): Condition {
    const file = `${repository.name}/.github/workflows/${workflow ?? ""}@refs/heads/main`;
    const exact = {
        aud: AUDIENCE,
        sub: `${repository.subject}:environment:${environment}`,
        repository_id: repository.id,
        environment,
        ...(workflow === undefined ? {} : { ref: "refs/heads/main", job_workflow_ref: file }),
    };
    return {
        StringEquals: Object.fromEntries(
            Object.entries(exact).map(([claim, value]) => [`${ISSUER}:${claim}`, value]),
        ),
    };
}
