import { adr } from "../model/adr";
import { checkTaskSize, type TaskSize } from "../model/fargate";
import { Issues, type Issue } from "../model/issues";
import { ingressName, type ResolvedMesh } from "../model/mesh";
import { isOrigin, wantOrigin } from "../model/origins";
import { containerDefinitions } from "./containerBudget";
import type { ContainerLogs } from "./containers";
import type { DataPlane } from "./dataPlane";
import type { UserRateLimit } from "./envoy/spec";
import { collectors } from "./telemetry/collectorContainer";
import type { TelemetrySettings } from "./telemetry/telemetry";
import type { Proxy } from "./proxy";
import { checkBuckets, checkRateLimit, checkShared, type UserRateLimitArgs } from "./userRateLimit";

export interface IngressProxyArgs {
    /** @default 512 CPU units, 1024 MiB */
    readonly size?: TaskSize;
    /** Tasks; each holds its share of every user's limit. @default 2 */
    readonly tasks?: number;
    /** CPU that the images are built for. @default "X86_64" */
    readonly architecture?: "X86_64" | "ARM64";
    readonly rateLimit?: UserRateLimitArgs;
    /** Browser origins that may read answers, for example `https://shop.example`. @default none */
    readonly allowedOrigins?: readonly string[];
}

export interface IngressContext {
    readonly mesh: ResolvedMesh;
    readonly dataPlane: DataPlane;
    /** Beginning of every physical name. */
    readonly prefix: string;
    readonly proxy: Proxy;
    /** @default no collector */
    readonly telemetry?: TelemetrySettings;
    readonly logs: ContainerLogs;
    /** Environment variable to parameter name. */
    readonly secrets: Readonly<Record<string, string>>;
}

export interface ResolvedIngress {
    readonly size: TaskSize;
    readonly tasks: number;
    readonly architecture: "X86_64" | "ARM64";
    readonly rateLimit: UserRateLimit;
    readonly containerDefinitions: string;
    readonly issues: readonly Issue[];
}

/** MiB of a task that Envoy leaves to the kernel and the container's shell. */
const reservedMemory = 128;
/** Its configuration holds a cluster for each of those services. */
const remedy = "let fewer services stand behind APIs, for example one that passes requests on to others";

/** Validates an ingress and writes its task's container definitions; to be used only when there are no issues. */
export function resolveIngress(args: IngressProxyArgs, context: IngressContext): ResolvedIngress {
    const {
        size = { cpu: 512, memory: 1024 },
        tasks = 2,
        architecture = "X86_64",
        allowedOrigins = [],
    } = args;
    const {
        requestsPerMinute = adr.userRequestsPerMinute,
        burst = 100,
        users = 100_000,
    } = args.rateLimit ?? {};
    const rateLimit = { requestsPerMinute, burst, users, tasks };
    const issues = new Issues();
    issues.addAll(checkTaskSize(size), "size");
    const count = Number.isInteger(tasks) && tasks >= 1 && tasks <= 30;
    issues.require(count, "tasks", tasks, "1 to 30 tasks");
    issues.addAll(checkRateLimit(rateLimit), "rateLimit");
    const shared = args.rateLimit?.shared;
    issues.addAll(checkShared(shared, context.mesh), "rateLimit.shared");
    const { telemetry } = context;
    const memory = size.memory - reservedMemory - (telemetry?.memory ?? 0);
    const fits = checkTaskSize(size).length > 0 ? [] : checkBuckets(users, memory);
    issues.addAll(fits, "rateLimit");
    for (const [index, origin] of allowedOrigins.entries()) {
        issues.require(isOrigin(origin), `allowedOrigins[${index}]`, origin, wantOrigin);
    }
    const routes = context.mesh.ingress.length;
    issues.require(routes > 0, "mesh.ingress", routes, "at least one route from a public API to a service");
    const resolved = { size, tasks, architecture, rateLimit };
    if (issues.all.length > 0) {
        return { ...resolved, containerDefinitions: "[]", issues: issues.all };
    }
    const proxy = [
        context.dataPlane.ingressProxy({
            ...context,
            rateLimit,
            shared,
            allowedOrigins,
            memory,
            concurrency: Math.max(1, Math.floor(size.cpu / 1024)),
        }),
        ...collectors(ingressName, "ingress", context),
    ];
    const { text, issues: tooLarge } = containerDefinitions(proxy, remedy);
    return { ...resolved, containerDefinitions: text, issues: tooLarge };
}

/** Name by which API Gateway reaches the ingress, and which its certificate must carry. */
export function ingressServerName(trustDomain: string): string {
    return `${ingressName}.${trustDomain}`;
}
