import type { Phase } from "../model/phase";
import type { EmittedMetrics } from "./metrics/emitted";
import type { ServiceLevelObjectives } from "./objectives";

/** One version of an API, as CloudWatch names it. */
export interface ObservedVersion {
    /** Also the name of its stage. */
    readonly version: string;
    /** Name of its REST API. */
    readonly restApi: string;
    /** Log group of its access logs. */
    readonly accessLogs: string;
}

export interface ObservedApi {
    readonly name: string;
    readonly service: string;
    readonly versions: readonly ObservedVersion[];
    readonly objectives: ServiceLevelObjectives;
}

export interface ObservedGateway {
    readonly apis: readonly ObservedApi[];
    readonly webAcl: {
        /** Its name in CloudWatch. */
        readonly name: string;
        /** Names of the rules that answer 429. */
        readonly rateRules: readonly string[];
    };
}

/** A deployment of the mesh: a service, a version of one, or the ingress. */
export interface ObservedMember {
    /** Also of its ECS service. */
    readonly name: string;
    readonly service: string;
    /** Name of the listener that takes what comes from the network. */
    readonly entrance: string;
    /** Deployments that it calls. */
    readonly calls: readonly string[];
    /** Log group of its containers. */
    readonly logs: string;
}

export interface ObservedMesh {
    /** None while tasks have no proxies: the ingress is one of them. */
    readonly members: readonly ObservedMember[];
    /** Deployments whose tasks have no proxy yet: ECS counts the tasks, and nothing else is known of them. */
    readonly unproxied: readonly string[];
    /** Where API Gateway's requests enter: at the services themselves, or at the ingress. */
    readonly entrance: Phase["entrance"];
    /** ECS cluster in which all members run. */
    readonly clusterName: string;
    /** Absent where the members send no numbers of their own. */
    readonly telemetry?: {
        /** Namespace of the members' numbers. */
        readonly namespace: string;
        /** What their collectors are configured to write. */
        readonly emitted: EmittedMetrics;
    };
}

/** What dashboards and alarms show: plain data, known at preview. */
export interface Observed {
    readonly prefix: string;
    readonly region: string;
    readonly gateway: ObservedGateway;
    readonly mesh: ObservedMesh;
}

/** The members that call a deployment. */
export function callersOf(member: string, { members }: ObservedMesh): readonly ObservedMember[] {
    return members.filter(({ calls }) => calls.includes(member));
}
