import { adr } from "../../model/adr";
import type { TaskSize } from "../../model/fargate";
import { isPinnedImage, wantImage } from "../../model/images";
import { Issues, type Issue } from "../../model/issues";
import { userLimiterName, type ResolvedMesh } from "../../model/mesh";
import { checkScaling, mostTasks } from "../../model/scaling";

/** What the limiter is, apart from where it runs. */
export interface LimiterArgs {
    /** Image with `envoyproxy/ratelimit` and a shell (docs/mesh.md), by digest or exact tag. */
    readonly image: string;
    /** Requests per minute and user. A lower number is stricter; a higher one breaks ADR-003. @default 1000 */
    readonly requestsPerMinute?: number;
    /** Tasks when there is little to do. @default 2 */
    readonly tasks?: number;
    /** Most tasks: the number follows the load. @default as many as `tasks` */
    readonly maximum?: number;
}

export type ResolvedLimiter = Required<LimiterArgs>;

/** CPU units and MiB of a task: the service, its proxy and its collector. */
export const limiterSize: TaskSize = { cpu: 256, memory: 512 };

/** Requests a minute that one task of 256 CPU units counts at half of its CPU; docs/benchmarks.md says how much that is. */
export const limiterRequestsPerMinute = 12_000;

export function resolveLimiter({
    image,
    requestsPerMinute = adr.userRequestsPerMinute,
    tasks = 2,
    maximum = tasks,
}: LimiterArgs): ResolvedLimiter {
    return { image, requestsPerMinute, tasks, maximum };
}

/** Every issue, before anything is made. */
export function checkLimiter(name: string, args: LimiterArgs, mesh: ResolvedMesh): readonly Issue[] {
    const { image, requestsPerMinute, tasks, maximum } = resolveLimiter(args);
    const issues = new Issues();
    issues.require(
        name === userLimiterName,
        "name",
        name,
        `"${userLimiterName}": by it the ingress finds it`,
    );
    const isMember = mesh.services.has(userLimiterName);
    issues.require(isMember, "mesh.userLimiter", isMember, "true: the mesh must know its limiter");
    issues.require(isPinnedImage(image), "image", image, wantImage);
    const most = adr.userRequestsPerMinute;
    issues.require(
        Number.isInteger(requestsPerMinute) && requestsPerMinute >= 1 && requestsPerMinute <= most,
        "requestsPerMinute",
        requestsPerMinute,
        `1 to ${most} a minute (ADR-003: ${most})`,
    );
    const count = Number.isInteger(tasks) && tasks >= 1 && tasks <= mostTasks;
    issues.require(count, "tasks", tasks, `1 to ${mostTasks} tasks`);
    if (count) {
        issues.addAll(checkScaling({ maximum }, tasks));
    }
    return issues.all;
}
