import { checkTaskSize, type TaskSize } from "../model/fargate";
import { isPinnedImage, wantImage } from "../model/images";
import { Issues, type Issue } from "../model/issues";
import { contractOf, type ResolvedMesh, type ResolvedService, type ServiceContract } from "../model/mesh";
import { urlVariable } from "../model/names";
import { lastPhase, type Phase } from "../model/phase";
import { reservedPorts } from "../model/ports";
import { checkScaling, mostTasks, resolveScaling, type Scaling, type ScalingArgs } from "../model/scaling";
import { containerDefinitions } from "./containerBudget";
import { checkBesideProxy } from "./checkBesideProxy";
import { applicationContainer, type ContainerLogs } from "./containers";
import type { DataPlane } from "./dataPlane";
import type { JsonObject } from "./json";
import { stopTimeoutSeconds } from "./timing";
import { collectors } from "./telemetry/collectorContainer";
import type { TelemetrySettings } from "./telemetry/telemetry";
import type { Proxy } from "./proxy";
import { checkSecretSources, valueFrom, type SecretSource } from "./secretSources";

/** What an application is, apart from what the mesh knows of it. */
export interface ApplicationArgs {
    /** By digest or exact tag. */
    readonly image: string;
    /** Port on which the application listens. */
    readonly port: number;
    /** @default 256 CPU units, 512 MiB */
    readonly size?: TaskSize;
    /** Tasks. @default 2 */
    readonly desiredCount?: number;
    /** How the number of tasks follows the load. @default it does not: always `desiredCount` */
    readonly scaling?: ScalingArgs;
    /** CPU that the images are built for. @default "X86_64" */
    readonly architecture?: "X86_64" | "ARM64";
    /** Environment variables of the application, in plain text. @default none */
    readonly environment?: Readonly<Record<string, string>>;
    /** Environment variables that come from parameters or secrets. @default none */
    readonly secrets?: Readonly<Record<string, SecretSource>>;
    /** Numeric user and group that the application runs as. @default "65532:65532" */
    readonly user?: string;
    /** Container health check, such as `["CMD", "/app/healthy"]`; the sidecar waits for it. @default the sidecar asks the health path; needed where the application speaks http2 or grpc */
    readonly healthCommand?: readonly string[];
    /** What `/bin/sh` of the image runs in place of the image's entry point. @default the image's entry point */
    readonly script?: string;
    /** Seconds that the application gets to stop, after the sidecar has drained. @default 30 */
    readonly stopTimeoutSeconds?: number;
}

export interface ServiceContext {
    readonly mesh: ResolvedMesh;
    readonly dataPlane: DataPlane;
    /** Beginning of every physical name. */
    readonly prefix: string;
    /** @default the migration's last */
    readonly phase?: Phase;
    readonly proxy: Proxy;
    /** @default no collector */
    readonly telemetry?: TelemetrySettings;
    readonly logs: ContainerLogs;
    /** Environment variable to parameter name, for the sidecar. */
    readonly secrets: Readonly<Record<string, string>>;
}

export interface ResolvedApplication {
    readonly size: TaskSize;
    readonly desiredCount: number;
    readonly scaling?: Scaling;
    readonly architecture: "X86_64" | "ARM64";
    readonly containerDefinitions: string;
    readonly secrets: readonly SecretSource[];
    readonly issues: readonly Issue[];
}

const defaultUser = "65532:65532";
/** Its sidecar's configuration holds a cluster for each callee. */
const remedy = "call fewer services, or move environment variables into a parameter";

/** Validates an application and writes its task's container definitions; to be used only when there are no issues. */
export function resolveApplication(
    name: string,
    args: ApplicationArgs,
    context: ServiceContext,
): ResolvedApplication {
    const service = context.mesh.deployments.get(name);
    const size = args.size ?? { cpu: 256, memory: 512 };
    const { desiredCount = 2, architecture = "X86_64", secrets = {} } = args;
    const issues = new Issues();
    if (service === undefined) {
        const known = [...context.mesh.deployments.keys()].join(", ");
        issues.add("name", name, `one of the mesh's services: ${known}`);
    }
    issues.addAll(checkTaskSize(size), "size");
    issues.addAll(checkApplication(args, desiredCount));
    const { port, user = defaultUser } = args;
    issues.addAll(context.dataPlane.checkApplication({ port, user }));
    issues.addAll(service === undefined ? [] : checkBesideProxy(service, args, context.mesh));
    if (service === undefined || issues.all.length > 0) {
        const sources = Object.values(secrets);
        return {
            size,
            desiredCount,
            architecture,
            containerDefinitions: "[]",
            secrets: sources,
            issues: issues.all,
        };
    }
    const containers = [
        application(service, args, context),
        ...besideApplication(name, service, args, context),
    ];
    const { text, issues: tooLarge } = containerDefinitions(containers, remedy);
    issues.addAll(tooLarge);
    return {
        size,
        desiredCount,
        ...(args.scaling === undefined ? {} : { scaling: resolveScaling(args.scaling, desiredCount) }),
        architecture,
        containerDefinitions: text,
        secrets: Object.values(secrets),
        issues: issues.all,
    };
}

function application(
    service: ResolvedService,
    args: ApplicationArgs,
    { mesh, dataPlane, phase = lastPhase, logs }: ServiceContext,
): ReturnType<typeof applicationContainer> {
    const { image, port, environment = {}, secrets = {}, user = defaultUser, healthCommand, script } = args;
    const callees = service.calls.flatMap((callee) => contractOf(mesh, callee) ?? []);
    const addressOf = (callee: ServiceContract): string =>
        phase.calls === "mesh"
            ? dataPlane.addressOf(callee, mesh)
            : `http://${callee.name}.${mesh.trustDomain}:${port}`;
    const urls = callees.map((callee) => [urlVariable(callee.name), addressOf(callee)]);
    return applicationContainer({
        image,
        port,
        user,
        environment: { ...environment, ...(Object.fromEntries(urls) as Record<string, string>) },
        secrets: Object.fromEntries(Object.entries(secrets).map(([key, source]) => [key, valueFrom(source)])),
        ...(healthCommand === undefined ? {} : { healthCommand }),
        ...(script === undefined ? {} : { script }),
        stopTimeoutSeconds: args.stopTimeoutSeconds ?? 30,
        logs,
    });
}

function besideApplication(
    name: string,
    service: ResolvedService,
    { healthCommand, port }: ApplicationArgs,
    context: ServiceContext,
): readonly JsonObject[] {
    if (!(context.phase ?? lastPhase).proxies) {
        return [];
    }
    const application = { port, isChecked: healthCommand !== undefined };
    return [
        context.dataPlane.sidecar({ ...context, name, service, application }),
        ...collectors(name, "inbound", context),
    ];
}

function checkApplication(args: ApplicationArgs, desiredCount: number): readonly Issue[] {
    const issues = new Issues();
    const {
        image,
        port,
        user = defaultUser,
        stopTimeoutSeconds: stop = 30,
        environment = {},
        secrets = {},
    } = args;
    issues.require(isPinnedImage(image), "image", image, wantImage);
    const freePort = Number.isInteger(port) && port >= 1024 && port <= 65535 && !reservedPorts.includes(port);
    issues.require(
        freePort,
        "port",
        port,
        `a whole number from 1024 to 65535 other than ${reservedPorts.join(", ")}`,
    );
    const count = Number.isInteger(desiredCount) && desiredCount >= 1 && desiredCount <= mostTasks;
    issues.require(count, "desiredCount", desiredCount, `1 to ${mostTasks} tasks`);
    if (args.scaling !== undefined) {
        issues.addAll(checkScaling(args.scaling, desiredCount), "scaling");
    }
    issues.require(
        /^[1-9]\d*(:[1-9]\d*)?$/.test(user),
        "user",
        user,
        'a numeric user other than root, such as "65532:65532"',
    );
    const stops = Number.isInteger(stop) && stop >= 1 && stop <= stopTimeoutSeconds;
    issues.require(stops, "stopTimeoutSeconds", stop, `1 to ${stopTimeoutSeconds} seconds`);
    for (const variable of Object.keys(environment)) {
        issues.require(
            !(variable in secrets),
            `environment.${variable}`,
            variable,
            "either environment or secrets",
        );
    }
    issues.addAll(checkSecretSources(secrets));
    return issues.all;
}
