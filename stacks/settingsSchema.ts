import * as z from "zod";
import { defaultAlarmQuota } from "../components/observability/alarms/checkAlarmCount";
import { rotationStages, signingAlgorithms } from "../components/model/authority";
import { scopeForm, wantScope } from "../components/gateway/openapi/schemes";
import { tokenAlgorithms } from "../components/gateway/signIn";
import { checkTaskSize, type TaskSize } from "../components/model/fargate";
import { defaultFargateVcpu } from "../components/model/fargateQuota";
import { capabilities, type Capability } from "../components/model/capabilities";
import { dataPlaneNames } from "../components/model/dataPlane";
import { wantOneOf } from "../components/model/issues";
import { defaultQuotas } from "../components/model/meshSize";
import { isPinnedImage, wantImage } from "../components/model/images";
import { isDnsLabel, isDnsName, wantDnsLabel, wantDnsName } from "../components/model/names";
import { isOrigin, wantOrigin } from "../components/model/origins";
import { phaseNumbers } from "../components/model/phase";
import { mostTasks } from "../components/model/scaling";
import { deploymentNames, type ServiceName } from "./catalogue";

/** Every message ends the sentence "use …". */
const text = (want: string): z.ZodString => z.string({ error: want });
const matching = (holds: (value: string) => boolean, want: string): z.ZodString =>
    text(want).refine(holds, want);
const pattern = (regex: RegExp, want: string): z.ZodString => matching((value) => regex.test(value), want);
const whole = (min: number, max: number): z.ZodNumber => {
    const want = `a whole number from ${min} to ${max}`;
    return z.number({ error: want }).int(want).min(min, want).max(max, want);
};
const listOf = <T extends z.ZodType>(item: T, want: string): z.ZodArray<T> => z.array(item, { error: want });
const strict = <T extends z.core.$ZodLooseShape>(shape: T): z.ZodObject<T, z.core.$strict> => {
    const names = Object.keys(shape).join(", ");
    return z.strictObject(shape, {
        error: ({ code }) => (code === "unrecognized_keys" ? `only ${names}` : `an object with ${names}`),
    });
};

const image = matching(isPinnedImage, wantImage);
const domain = matching(isDnsName, wantDnsName);
const arn = (service: string): z.ZodString =>
    pattern(
        new RegExp(`^arn:aws[\\w-]*:${service}:[^\\s*]+$`),
        `an ARN of ${service}, such as "arn:aws:${service}:…"`,
    );
const resourceId = (prefix: string): z.ZodString =>
    pattern(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `an id such as "${prefix}-0123456789abcdef0"`);

const sizeFields = {
    cpu: z.number({ error: "CPU units" }),
    memory: z.number({ error: "MiB" }),
    tasks: whole(1, mostTasks),
};
const sizeIssues = (size: TaskSize, context: z.RefinementCtx): void => {
    for (const { path, want } of checkTaskSize(size)) {
        context.addIssue({ code: "custom", path: [path], message: want });
    }
};
const taskSize = strict(sizeFields).superRefine(sizeIssues);
/** `tasks` when there is little to do, `maximum` when there is much. */
const serviceSize = strict({ ...sizeFields, maximum: whole(1, mostTasks) })
    .superRefine(sizeIssues)
    .refine(({ tasks, maximum }) => maximum >= tasks, {
        path: ["maximum"],
        message: "at least as many as tasks",
    });

const appClient = strict({
    users: whole(1, 1_000_000),
    callbackUrls: listOf(
        pattern(
            /^(https:\/\/[^\s*#]+|http:\/\/localhost(:\d+)?\/[^\s*#]*|[a-z][a-z0-9+.-]*:\/\/[^\s*#]+)$/,
            "a URL to return to after signing in",
        ),
        "a list of URLs",
    ).min(1, "at least one URL"),
});

const consumer = strict({
    scopes: listOf(pattern(/^[a-z]+\/[a-z]+$/, 'a scope, such as "orders/read"'), "a list of scopes").min(
        1,
        "at least one scope",
    ),
});

const authority = z.union(
    [
        strict({ generation: whole(1, 1000) }),
        strict({
            privateCaArn: arn("acm-pca"),
            signingAlgorithm: z
                .enum(signingAlgorithms, { error: `one of ${signingAlgorithms.join(", ")}` })
                .exactOptional(),
        }),
    ],
    { error: "an object with generation, or with privateCaArn" },
);
const certificateAuthority = z.union(
    [
        authority,
        strict({
            from: authority,
            to: authority,
            stage: z.enum(rotationStages, { error: `one of ${rotationStages.join(", ")}` }),
        }),
    ],
    { error: "an object with generation, with privateCaArn, or with from, to and stage" },
);

const labels = listOf(matching(isDnsLabel, wantDnsLabel), "a list of services").default([]);
/** A service that another stack deploys into this one's mesh (docs/other-stacks.md). */
const guest = strict({
    tasks: whole(1, mostTasks).exactOptional(),
    calls: labels,
    stack: pattern(
        /^[\w.-]+\/[\w.-]+\/[\w.-]+$/,
        'the name of a stack, such as "organization/loyalty/dev"',
    ).optional(),
    calledBy: labels,
    api: matching(isDnsLabel, wantDnsLabel).optional(),
    scopes: z
        .record(
            pattern(scopeForm, wantScope),
            text("what the scope allows").min(1, "what the scope allows"),
            {
                error: "an object: scope to what it allows",
            },
        )
        .default({}),
});

const images = Object.fromEntries(deploymentNames.map((name) => [name, image])) as Record<
    ServiceName,
    typeof image
>;

const capabilityNames = Object.keys(capabilities) as [Capability, ...Capability[]];

/** Everything that a stack may set under `traffic:`. */
export const settingsSchema = strict({
    domain,
    hostedZoneId: pattern(
        /^Z[A-Z0-9]{5,31}$/,
        'the id of a Route 53 zone, such as "Z0123456789ABC"',
    ).optional(),
    certificateArn: arn("acm").optional(),
    allowedOrigins: listOf(matching(isOrigin, wantOrigin), "a list of origins").min(1, "at least one origin"),
    images: strict({ envoy: image, collector: image, limiter: image.optional(), ...images }),
    size: strict({
        zones: whole(2, 6),
        service: serviceSize,
        ingress: taskSize,
        limiter: strict({ tasks: whole(1, mostTasks), maximum: whole(1, mostTasks) })
            .refine(({ tasks, maximum }) => maximum >= tasks, {
                path: ["maximum"],
                message: "at least as many as tasks",
            })
            .default({ tasks: 2, maximum: 2 }),
    }),
    rateLimit: strict({
        shared: strict({
            onFailure: z.enum(["local", "refuse"], { error: "one of local, refuse" }),
        }).optional(),
    }).prefault({}),
    quotas: strict({
        fargateVcpu: whole(1, 100_000).default(defaultFargateVcpu),
        roles: whole(1, 100_000).default(defaultQuotas.roles),
        instances: whole(1, 100_000).default(defaultQuotas.instances),
        alarms: whole(1, 100_000).default(defaultAlarmQuota),
    }).prefault({}),
    guests: z
        .record(matching(isDnsLabel, wantDnsLabel), guest, { error: "an object: service to what it is" })
        .default({}),
    clients: strict({
        web: appClient,
        mobile: appClient,
        consumers: z.record(matching(isDnsLabel, wantDnsLabel), consumer, {
            error: "an object: consumer to its scopes",
        }),
    }),
    signIn: z
        .union(
            [
                strict({ userPoolArn: arn("cognito-idp") }),
                strict({
                    issuer: pattern(/^https:\/\/[^?#\s]+$/, "the issuer's URL, exactly as in its tokens"),
                    audiences: listOf(text("an audience").min(1, "an audience"), "a list of audiences").min(
                        1,
                        "at least one audience",
                    ),
                    algorithms: listOf(
                        z.enum(tokenAlgorithms, { error: `one of ${tokenAlgorithms.join(", ")}` }),
                        "a list of signing algorithms",
                    ).optional(),
                }),
            ],
            { error: "an object with userPoolArn, or with issuer and audiences" },
        )
        .optional(),
    certificateAuthority: certificateAuthority.optional(),
    dataPlane: z.enum(dataPlaneNames, { error: wantOneOf(dataPlaneNames) }).default("envoy"),
    givesUp: listOf(
        z.enum(capabilityNames, { error: wantOneOf(capabilityNames) }),
        "a list of capabilities",
    ).default([]),
    phase: z.literal(phaseNumbers, { error: wantOneOf(phaseNumbers.map(String)) }).default(3),
    plainCalls: z.boolean({ error: "true or false" }).default(false),
    alarms: strict({
        emails: listOf(
            pattern(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "a mail address"),
            "a list of mail addresses",
        ).optional(),
        runbookUrl: pattern(/^https:\/\/[^\s#]+$/, "the address of docs/runbook.md").optional(),
        silentMinutes: whole(0, 1440).optional(),
    }).optional(),
    logRetentionDays: z.literal(
        [
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
            3653,
        ],
        {
            error: "a number of days that CloudWatch Logs knows, such as 30, 90 or 365",
        },
    ),
    protect: z.boolean({ error: "true or false" }),
    existing: strict({
        vpc: strict({
            id: resourceId("vpc"),
            privateSubnetIds: listOf(resourceId("subnet"), "a list of subnets").min(2, "at least 2 subnets"),
            endpointSecurityGroupId: resourceId("sg"),
            s3PrefixListId: resourceId("pl"),
        }).optional(),
        clusterArn: arn("ecs").optional(),
        permissionsBoundaryArn: arn("iam").optional(),
    }).optional(),
});

export type TrafficSettings = z.infer<typeof settingsSchema>;
