import type { Alarm, Aws, Metric } from "../aws";
import type { ProbeTarget } from "../check";
import type { Outputs } from "../outputs";
import type { Flaws } from "./gateway";
import type { Records } from "./records";

/** AWS's management side, as its documentation describes it: for a rehearsal of the checks. `pem` is the probe's certificate. */
export function playedAws(
    settings: ProbeTarget,
    outputs: Outputs,
    flaws: Flaws,
    records: Records,
    pem: string,
): Aws {
    const wrong = (entry: number): boolean => flaws.has(entry);
    const { prefix } = settings;
    let deployments = 1;
    let looks = 0;
    const stopped = new Set<string>();
    const ringing = new Set<string>();
    const metric = (namespace: string, name: string, dimensions: Metric["dimensions"]): Metric => ({
        namespace,
        name,
        dimensions,
    });
    const status = (pattern = ""): string | undefined => /"(\d+)"/.exec(pattern)?.[1];
    return {
        account: () =>
            Promise.resolve({
                accountId: "123456789012",
                arn: "arn:aws:sts::123456789012:assumed-role/probe/rehearsal",
            }),
        accountNames: () => Promise.resolve(["trying-things"]),
        identitySummary: () =>
            Promise.resolve({ RolesQuota: wrong(48) ? 250 : 1000, RolePolicySizeQuota: 10_240 }),
        logs: (group, since, pattern) => {
            const written = group.startsWith("aws-waf-logs-")
                ? records.webAclLog
                : (group.includes("/gateway/") ? records.accessLog : records.ingressLog)
                      .filter((row) => status(pattern) === undefined || row.status === status(pattern))
                      .map((row) => JSON.stringify(row));
            return Promise.resolve(written.map((message) => ({ at: since, stream: "played", message })));
        },
        insights: (group) =>
            Promise.resolve(
                group.startsWith("/traffic-dev/")
                    ? [
                          {
                              status: wrong(40) || wrong(38) ? "500" : "200",
                              backendStatus: wrong(38) ? "-" : "200",
                          },
                      ]
                    : wrong(26)
                      ? []
                      : records.accessLog
                            .map(({ status: code = "" }) => ({ status: code }))
                            .filter((row) => row.status.startsWith("4")),
            ),
        metrics: (namespace) => {
            const all: Readonly<Record<string, readonly Metric[]>> = {
                "AWS/WAFV2": ["ALL", "per-address"].map((Rule) =>
                    metric(namespace, "BlockedRequests", {
                        WebACL: `${prefix}-edge`,
                        Rule,
                        ...(wrong(30) ? {} : { Region: settings.region }),
                    }),
                ),
                [`${prefix}/gateway`]: wrong(29)
                    ? [metric(namespace, "silent", {})]
                    : [metric(namespace, "refusals", { Api: "probe", Refusal: "-" })],
                [`${prefix}/mesh`]: wrong(33)
                    ? []
                    : [
                          metric(namespace, "requests", { service: "probe" }),
                          ...(wrong(34) ? [metric(namespace, "requests", { member: "probe" })] : []),
                      ],
            };
            return Promise.resolve(all[namespace] ?? []);
        },
        values: ({ name }) =>
            Promise.resolve(name === "silent" || (name === "Latency" && wrong(31)) ? [] : [99.5]),
        alarms: (beginning): Promise<readonly Alarm[]> =>
            Promise.resolve(
                beginning.startsWith("TargetTracking")
                    ? [
                          {
                              name: `${beginning}-played`,
                              state: wrong(37) ? "INSUFFICIENT_DATA" : "OK",
                              metrics: ["requests"],
                              tells: true,
                          },
                      ]
                    : [
                          {
                              name: `${beginning}probe-error-rate`,
                              state: "OK",
                              metrics: ["5XXError"],
                              tells: true,
                          },
                      ],
            ),
        ring: (name) => {
            ringing.add(name);
            return Promise.resolve();
        },
        alarmActions: (name) =>
            Promise.resolve(
                ringing.has(name)
                    ? [wrong(28) ? "Failed to execute action" : "Successfully executed action"]
                    : [],
            ),
        tasks: () =>
            Promise.resolve([
                {
                    arn: "task/one",
                    status: stopped.has("task/one") && looks > 3 ? "STOPPED" : "RUNNING",
                    address: "10.20.0.5",
                    stoppedReason: wrong(9) ? "CannotPullContainerError" : "",
                    containers: {
                        probe: "RUNNING",
                        application: wrong(44) ? "STOPPED" : "RUNNING",
                        envoy: "RUNNING",
                        collector: wrong(35) ? "STOPPED" : "RUNNING",
                    },
                },
            ]),
        stopTask: (_cluster, arn) => {
            stopped.add(arn);
            return Promise.resolve();
        },
        restart: () => {
            records.restarting = true;
            deployments += 1;
            return Promise.resolve();
        },
        deployments: (_cluster, service) => {
            if (service === "arn:service/limiter") {
                const state = wrong(45) ? "FAILED" : "COMPLETED";
                return Promise.resolve([{ id: "limiter", createdAt: new Date(), state }]);
            }
            if (service === "arn:service/migrating") {
                const state = wrong(39) ? "FAILED" : "COMPLETED";
                return Promise.resolve([{ id: "step", createdAt: new Date(), state }]);
            }
            const running = records.restarting && (looks += 1) < 3;
            const restarted = running ? [{ id: "old", createdAt: new Date(0), state: "COMPLETED" }] : [];
            const state = running ? "IN_PROGRESS" : "COMPLETED";
            return Promise.resolve([
                { id: `number ${deployments}`, createdAt: new Date(0), state },
                ...restarted,
            ]);
        },
        addresses: () => {
            looks += 1;
            return Promise.resolve(stopped.size === 0 || wrong(8) ? ["10.20.0.5"] : []);
        },
        parameter: (name) => Promise.resolve(name === outputs.certificateParameter ? pem : ""),
        traces: () => Promise.resolve(wrong(36) ? [] : [{ id: "1-2-3", services: ["ingress", "probe"] }]),
        calls: () =>
            Promise.resolve([
                { name: "CreateVpc", error: wrong(43) ? "Client.UnauthorizedOperation" : "" },
                { name: "CreateKey", error: wrong(43) ? "AccessDenied" : "" },
                { name: "CreateUserGroup", error: wrong(46) ? "InvalidParameterValue" : "" },
                { name: "CreateServerlessCache", error: wrong(47) ? "AccessDenied" : "" },
                { name: "CreateRestApi", error: wrong(42) ? "AccessDenied" : "" },
            ]),
    };
}
