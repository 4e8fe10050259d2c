/** What the checks ask of AWS: a few questions, so that a rehearsal can answer them too. */
export interface Aws {
    readonly account: () => Promise<{ readonly accountId: string; readonly arn: string }>;
    /** Aliases of the account; none where they may not be read. */
    readonly accountNames: () => Promise<readonly string[]>;
    /** What IAM says of the account, its quotas among it. */
    readonly identitySummary: () => Promise<Readonly<Record<string, number>>>;
    /** Messages of a log group since `since`, the newest last; `pattern` is CloudWatch's filter pattern. */
    readonly logs: (group: string, since: Date, pattern?: string) => Promise<readonly LogEvent[]>;
    /** Rows of a Logs Insights query over the last hour. */
    readonly insights: (group: string, query: string) => Promise<readonly Readonly<Record<string, string>>[]>;
    readonly metrics: (namespace: string, name?: string) => Promise<readonly Metric[]>;
    /** Values of the last hour, by the minute. */
    readonly values: (metric: Metric, statistic: string) => Promise<readonly number[]>;
    readonly alarms: (namePrefix: string) => Promise<readonly Alarm[]>;
    /** Sets an alarm to ALARM, until CloudWatch looks at its metrics again. */
    readonly ring: (alarmName: string) => Promise<void>;
    /** What an alarm's history says of its actions. */
    readonly alarmActions: (alarmName: string) => Promise<readonly string[]>;
    readonly tasks: (clusterArn: string, serviceArn: string) => Promise<readonly Task[]>;
    readonly stopTask: (clusterArn: string, taskArn: string) => Promise<void>;
    /** Starts the service's tasks anew. */
    readonly restart: (clusterArn: string, serviceArn: string) => Promise<void>;
    readonly deployments: (clusterArn: string, serviceArn: string) => Promise<readonly Deployment[]>;
    /** Addresses that Cloud Map gives out. */
    readonly addresses: (discoveryId: string) => Promise<readonly string[]>;
    readonly parameter: (name: string) => Promise<string>;
    /** What a role has called in the last day (CloudTrail), newest first. */
    readonly calls: (roleName: string) => Promise<readonly Call[]>;
    readonly traces: (since: Date, filter: string) => Promise<readonly Trace[]>;
}

export interface LogEvent {
    readonly at: Date;
    readonly stream: string;
    readonly message: string;
}

export interface Metric {
    readonly namespace: string;
    readonly name: string;
    readonly dimensions: Readonly<Record<string, string>>;
}

export interface Alarm {
    readonly name: string;
    readonly state: string;
    readonly metrics: readonly string[];
    /** Whether it tells anybody by itself. */
    readonly tells: boolean;
}

export interface Task {
    readonly arn: string;
    readonly status: string;
    readonly address: string;
    readonly stoppedReason: string;
    readonly containers: Readonly<Record<string, string>>;
}

export interface Deployment {
    readonly id: string;
    readonly createdAt: Date;
    readonly state: string;
}

export interface Call {
    readonly name: string;
    /** AWS's code; empty where it was carried out. */
    readonly error: string;
}

export interface Trace {
    readonly id: string;
    readonly services: readonly string[];
}
