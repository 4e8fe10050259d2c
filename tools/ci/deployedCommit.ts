import { z } from "zod";
import { Refusal } from "./judge";

const runsSchema = z.looseObject({
    workflow_runs: z.array(z.looseObject({ id: z.number(), head_sha: z.string().regex(/^[0-9a-f]{40}$/) })),
});
const jobsSchema = z.looseObject({
    jobs: z.array(z.looseObject({ name: z.string(), conclusion: z.string().nullable() })),
});

/** Answers a path of GitHub's API below the repository's own. */
export type Ask = (path: string) => Promise<unknown>;

/** Runs looked at, newest first. */
const LOOKED_AT = 50;

/**
 * The commit of the newest deploy of a stack that ended well; "" where there was none. A later deploy that failed does not count: what it
 * left is seen by the renewal's preview, which then stops.
 */
export async function deployedCommit(stack: string, ask: Ask): Promise<string> {
    const { workflow_runs: runs } = runsSchema.parse(
        await ask(`actions/workflows/deploy.yml/runs?branch=main&per_page=${LOOKED_AT}`),
    );
    for (const { id, head_sha: commit } of runs) {
        const { jobs } = jobsSchema.parse(await ask(`actions/runs/${id}/jobs?per_page=100`));
        // A job of a called workflow is named by the caller's job and its own.
        if (jobs.some(({ name, conclusion }) => name === `${stack} / deploy` && conclusion === "success")) {
            return commit;
        }
    }
    return "";
}

/** GitHub's API with the job's own token. */
export function askGitHub(environment: NodeJS.ProcessEnv): Ask {
    const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token } = environment;
    if (api === undefined || repository === undefined || token === undefined) {
        throw new Refusal("GITHUB_API_URL, GITHUB_REPOSITORY and GITHUB_TOKEN are set in a workflow only");
    }
    return async (path) => {
        const response = await fetch(`${api}/repos/${repository}/${path}`, {
            headers: { accept: "application/vnd.github+json", authorization: `Bearer ${token}` },
        });
        if (!response.ok) {
            throw new Refusal(`GitHub answered ${response.status} to ${path}`);
        }
        return response.json();
    };
}
