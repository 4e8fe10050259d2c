import { expect } from "chai";
import { TrafficObservability } from "../../../components/observability/TrafficObservability";
import type { TrafficObservabilityArgs } from "../../../components/observability/observabilityArgs";
import { unknowns } from "../../../components/observability/unknowns";
import { identities, named, record, refusal, type RecordedResource } from "../../support/mocks";
import { mocks } from "../gateway/support";
import { objectives, observabilityArgs } from "./support";

const options = {
    ...mocks,
    computed: (type: string, name: string, inputs: Readonly<Record<string, unknown>>) => ({
        ...mocks.computed?.(type, name, inputs),
        ...(type.startsWith("aws:lb/") ? { arnSuffix: `suffix of ${type.split(":").at(-1) ?? ""}` } : {}),
    }),
};

const defaults = { deployed: undefined as Promise<readonly RecordedResource[]> | undefined };

/** With default arguments: made once, and only read. */
function deploy(): Promise<readonly RecordedResource[]> {
    return (defaults.deployed ??= deployWith({}));
}

async function deployWith(args: Partial<TrafficObservabilityArgs>): Promise<readonly RecordedResource[]> {
    const resources = await record(
        () => new TrafficObservability("watch", { ...observabilityArgs(), ...args }),
        options,
    );
    return resources.filter(({ name }) => name.startsWith("watch"));
}

describe("TrafficObservability", () => {
    it("makes exactly these resources; renaming one needs an alias", async () => {
        const alarm = (name: string): string =>
            `aws:cloudwatch/metricAlarm:MetricAlarm watch-${name} < watch`;
        const composite = (name: string): string =>
            `aws:cloudwatch/compositeAlarm:CompositeAlarm watch-${name} < watch`;
        const windows = ["1h", "5m", "6h", "30m"];
        expect(identities(await deploy())).to.have.members([
            "shop:observability:TrafficObservability watch",
            "aws:sns/topic:Topic watch-alarms < watch",
            ...windows.flatMap((window) => [
                alarm(`notes-availability-${window}`),
                alarm(`notes-latency-${window}`),
            ]),
            alarm("notes-error-rate"),
            alarm("notes-latency-p99"),
            alarm("notes-too-many-requests"),
            alarm("notes-authentication-failures"),
            alarm("web-acl-too-many-requests"),
            alarm("edge-certificate"),
            alarm("load-balancer-unhealthy-hosts"),
            alarm("no-requests"),
            composite("notes-error-budget"),
            composite("notes-api"),
            ...["ingress", "note-service", "store-service"].flatMap((name) => [
                alarm(`${name}-latency-p99`),
                alarm(`${name}-unhealthy-hosts`),
                alarm(`${name}-error-rate`),
                composite(name),
                `aws:cloudwatch/logMetricFilter:LogMetricFilter watch-${name}-inbound-duration < watch`,
            ]),
            ...["note-service-breaker-open", "store-service-breaker-open"].map(alarm),
            ...["mesh-tls-failures", "mesh-certificates", "mesh-silent"].map(alarm),
            "aws:cloudwatch/logMetricFilter:LogMetricFilter watch-notes-v1-refused-requests < watch",
            ...["gateway", "mesh", "path"].map(
                (name) => `aws:cloudwatch/dashboard:Dashboard watch-${name}-dashboard < watch`,
            ),
            ...[
                "one-request",
                "slowest-requests",
                "failed-requests",
                "service-to-service",
                "balancing-spread",
                "failures-between-services",
            ].map((name) => `aws:cloudwatch/queryDefinition:QueryDefinition watch-${name} < watch`),
            "aws:xray/group:Group watch-failing-traces < watch",
            "aws:xray/group:Group watch-slow-traces < watch",
            "aws:xray/samplingRule:SamplingRule watch-apis-sampling < watch",
        ]);
    });

    it("publishes alarms to an encrypted topic that only this account's alarms may use, over TLS", async () => {
        const topic = named(await deploy(), "watch-alarms");
        expect(topic.inputs.kmsMasterKeyId).to.equal(
            "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555",
        );
        const { Statement } = JSON.parse(String(topic.inputs.policy)) as { Statement: readonly object[] };
        expect(Statement).to.deep.equal([
            {
                Sid: "AlarmsPublish",
                Effect: "Allow",
                Principal: { Service: "cloudwatch.amazonaws.com" },
                Action: "sns:Publish",
                Resource: "arn:aws:sns:eu-central-1:123456789012:traffic-test-alarms",
                Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
            },
            {
                Sid: "NothingInPlainText",
                Effect: "Deny",
                Principal: "*",
                Action: "sns:Publish",
                Resource: "arn:aws:sns:eu-central-1:123456789012:traffic-test-alarms",
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ]);
    });

    it("links each alarm to its section of the runbook, at the address that the stack gives", async () => {
        const resources = await deployWith({ runbookUrl: "https://runbooks.shop.example/traffic" });
        const alarms = resources.filter(({ type }) => type.endsWith("Alarm"));
        expect(alarms.length).to.be.above(20);
        for (const { inputs, name } of alarms) {
            expect(String(inputs.alarmDescription), name).to.match(
                / What to do: https:\/\/runbooks\.shop\.example\/traffic#[a-z-]+$/,
            );
        }
    });

    it("makes an alarm whole: math over exact metrics, threshold, periods, and no action of its own inside a composite", async () => {
        expect(named(await deploy(), "watch-notes-error-rate").inputs).to.deep.equal({
            name: "traffic-test-notes-error-rate",
            alarmDescription:
                "More than 5 % of the requests to notes fail (5xx), for 10 minutes. What to do: docs/runbook.md#error-rate",
            metricQueries: [
                {
                    id: "watched",
                    expression: "SUM([failed_v1]) / SUM([all_v1])",
                    label: "notes-error-rate",
                    returnData: true,
                },
                ...[
                    ["failed_v1", "5XXError"],
                    ["all_v1", "Count"],
                ].map(([id, metricName]) => ({
                    id,
                    metric: {
                        namespace: "AWS/ApiGateway",
                        metricName,
                        dimensions: { ApiName: "traffic-test-notes-v1", Stage: "v1" },
                        stat: "Sum",
                        period: 300,
                    },
                    returnData: false,
                })),
            ],
            comparisonOperator: "GreaterThanThreshold",
            threshold: 0.05,
            evaluationPeriods: 2,
            datapointsToAlarm: 2,
            treatMissingData: "notBreaching",
        });
    });

    it("lets a composite alarm tell people, when and that it is over, after the alarms that it asks", async () => {
        const composite = named(await deploy(), "watch-store-service");
        expect(composite.inputs).to.deep.include({
            alarmName: "traffic-test-store-service",
            alarmRule:
                '(ALARM("traffic-test-store-service-latency-p99") OR ALARM("traffic-test-store-service-unhealthy-hosts") OR ' +
                'ALARM("traffic-test-store-service-error-rate") OR ALARM("traffic-test-store-service-breaker-open"))',
            alarmActions: ["arn:aws:mock:::watch-alarms"],
            okActions: ["arn:aws:mock:::watch-alarms"],
        });
        expect(composite.dependsOn).to.include.members([
            "watch-store-service-latency-p99",
            "watch-store-service-unhealthy-hosts",
        ]);
    });

    it("lets each metric filter wait for its own log group, and no other", async () => {
        const filters = (await deploy()).filter(({ type }) => type.endsWith(":LogMetricFilter"));
        const waits = filters.map(({ dependsOn, name }) => [name, dependsOn] as const);
        expect(Object.fromEntries(waits)).to.deep.equal({
            "watch-notes-v1-refused-requests": ["notes-v1-access-logs"],
            "watch-ingress-inbound-duration": ["ingress-logs"],
            "watch-note-service-inbound-duration": ["note-service-logs"],
            "watch-store-service-inbound-duration": ["store-service-logs"],
        });
    });

    it("puts what AWS names itself where the placeholders were", async () => {
        const resources = await deploy();
        const bodies = resources.map(({ inputs }) => String(inputs.dashboardBody)).join("");
        for (const placeholder of Object.values(unknowns)) {
            expect(bodies).not.to.contain(placeholder);
        }
        expect(bodies).to.contain("suffix of LoadBalancer");
        expect(bodies).to.contain(
            "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:traffic-test-notes-api",
        );
        const hosts = named(resources, "watch-load-balancer-unhealthy-hosts").inputs
            .metricQueries as readonly {
            metric?: { dimensions: object };
        }[];
        expect(hosts[1]?.metric?.dimensions).to.deep.equal({
            LoadBalancer: "suffix of LoadBalancer",
            TargetGroup: "suffix of TargetGroup",
        });
    });

    it("knows every alarm, rule, filter and query at preview", async () => {
        const resources = await record(() => new TrafficObservability("watch", observabilityArgs()), {
            ...options,
            preview: true,
        });
        // What has the topic's ARN, or the load balancer's name.
        const unknown = ["alarmActions", "okActions", "metricQueries"];
        const known = JSON.stringify(
            resources
                .filter(({ name, type }) => name.startsWith("watch") && !type.endsWith("Dashboard"))
                .flatMap(({ inputs }) => Object.entries(inputs))
                .filter(([input]) => !unknown.includes(input)),
        );
        expect(known).not.to.contain("04da6b54-80e4-46f7-96ec-b56ff0331ba9");
    });

    it("mails whoever is named", async () => {
        const resources = await deployWith({ emails: ["on-call@shop.example"] });
        expect(named(resources, "watch-to-on-call@shop.example").inputs).to.deep.include({
            topic: "arn:aws:mock:::watch-alarms",
            protocol: "email",
            endpoint: "on-call@shop.example",
        });
    });

    it("samples the APIs' requests before the account's default rule, and groups what failed or was slow: ADR-003, \"X-Ray distributed tracing\"", async () => {
        const resources = await deployWith({ tracing: { perSecond: 2, share: 0.1, slowSeconds: 3 } });
        expect(named(resources, "watch-apis-sampling").inputs).to.deep.equal({
            ruleName: "traffic-test-apis",
            priority: 1000,
            version: 1,
            reservoirSize: 2,
            fixedRate: 0.1,
            serviceName: "traffic-test-*",
            serviceType: "AWS::ApiGateway::Stage",
            host: "*",
            httpMethod: "*",
            urlPath: "*",
            resourceArn: "*",
        });
        expect(named(resources, "watch-slow-traces").inputs).to.deep.equal({
            groupName: "traffic-test-slow",
            filterExpression:
                '(service("traffic-test-notes-v1/v1") OR service("ingress") OR service("note-service") OR ' +
                'service("store-service")) AND responsetime > 3',
        });
    });

    it("can change every kind of child", async () => {
        const resources = await deployWith({
            emails: ["on-call@shop.example"],
            transform: {
                topic: (args) => ({ ...args, displayName: "changed" }),
                subscription: (args) => ({ ...args, confirmationTimeoutInMinutes: 5 }),
                metricFilter: (args) => ({ ...args, name: "changed" }),
                metricAlarm: (args) => ({ ...args, actionsEnabled: false }),
                compositeAlarm: (args) => ({ ...args, actionsEnabled: false }),
                dashboard: (args) => ({ ...args, dashboardName: "changed" }),
                query: (args) => ({ ...args, name: "changed" }),
                traceGroup: (args) => ({ ...args, groupName: "changed" }),
                samplingRule: (args) => ({ ...args, ruleName: "changed" }),
            },
        });
        const children = resources.filter(({ type }) => !type.startsWith("shop:"));
        for (const { inputs, name } of children) {
            const changed =
                Object.values(inputs).includes("changed") ||
                inputs.actionsEnabled === false ||
                inputs.confirmationTimeoutInMinutes === 5;
            expect(changed, name).to.equal(true);
        }
    });

    it("refuses bad arguments all at once, before any child exists", async () => {
        const { message, resources } = await refusal((attempt) => {
            const args = observabilityArgs();
            attempt(
                () =>
                    new TrafficObservability("watch", {
                        ...args,
                        apis: args.apis.map(({ api }) => ({
                            api,
                            objectives: { ...objectives, availability: 2 },
                        })),
                        emails: ["nobody"],
                        thresholds: { errorRate: 0, silentMinutes: 7 },
                        tracing: { share: 2 },
                    }),
            );
        }, options);
        expect(message.split("\n").slice(0, 5)).to.deep.equal([
            'TrafficObservability "watch": 7 issues',
            "  - thresholds.errorRate is 0; use a share above 0 and below 1",
            "  - thresholds.silentMinutes is 7; use 0, or 5 to 1440 minutes in steps of 5",
            "  - apis[0].objectives.availability is 2; use a share from 0.95 to 0.9999",
            '  - emails[0] is "nobody"; use a mail address',
        ]);
        expect(message).to.contain("tracing.share is 2; use a share from 0 to 1");
        expect(resources.filter(({ name }) => name.startsWith("watch"))).to.have.length(1);
    });
});
