import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const image = z
    .string()
    .regex(/^\S+(@sha256:[0-9a-f]{64}|:(?!latest$)[\w][\w.-]*)$/, "an image by exact tag or digest");

/** What only the user can know (verify-aws.yaml). */
const settingsSchema = z.strictObject({
    /** Account that may be used: another one is refused. */
    accountId: z.string().regex(/^\d{12}$/, "the account's 12 digits, in quotes"),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "a region"),
    /** A host name below the zone that nobody uses. */
    domain: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "a host name"),
    hostedZoneId: z.string().regex(/^Z[A-Z0-9]{5,31}$/, "the id of a public Route 53 zone"),
    images: z.strictObject({ envoy: image, collector: image, probe: image }),
    /** For row 22. @default not asked */
    privateCaArn: z.string().startsWith("arn:").optional(),
    /** For row 18. @default not asked; the user pool is the probe's own */
    issuer: z.strictObject({ issuer: z.url(), audiences: z.array(z.string()).min(1) }).optional(),
    /** For rows 38 to 40: a stack that has made a step of its migration within the hour. @default not asked */
    migrating: z
        .strictObject({
            prefix: z.string().min(1),
            apis: z.array(z.string()).min(1),
            clusterArn: z.string().startsWith("arn:"),
            serviceArns: z.array(z.string().startsWith("arn:")).min(1),
        })
        .optional(),
    /** For rows 44 and 45: `user-limiter` of a stack with `traffic:rateLimit.shared`. @default not asked */
    limiter: z
        .strictObject({
            clusterArn: z.string().startsWith("arn:"),
            serviceArn: z.string().startsWith("arn:"),
        })
        .optional(),
    /** For rows 42, 43, 46 and 47: name of the stack's deploy role. @default not asked */
    deployRole: z.string().min(1).optional(),
});

export type VerifySettings = z.infer<typeof settingsSchema>;

export class Refusal extends Error {
    override readonly name = "Refusal";
}

export function readSettings(file: string): VerifySettings {
    if (!existsSync(file)) {
        throw new Refusal(`${file} is missing; docs/verify-aws.md says what is in it`);
    }
    const read = settingsSchema.safeParse(parse(readFileSync(file, "utf8")));
    if (!read.success) {
        const issues = read.error.issues.map(
            ({ message, path }) => `  - ${path.join(".") || file}: ${message}`,
        );
        throw new Refusal([`${file} will not do:`, ...issues].join("\n"));
    }
    return read.data;
}

/** The settings of a run whose folder is still there. */
export function earlierRun(base: string, name: string): VerifySettings {
    const runs = existsSync(base)
        ? readdirSync(base).filter((each) => existsSync(join(base, each, "settings.json")))
        : [];
    if (!runs.includes(name)) {
        const known = runs.length === 0 ? "none has anything left" : `there is ${runs.join(", ")}`;
        throw new Refusal(`no run is called ${JSON.stringify(name)}: ${known}`);
    }
    return settingsSchema.parse(JSON.parse(readFileSync(join(base, name, "settings.json"), "utf8")));
}

/** Whatever says of itself that it is for real use. */
const PROD = /(^|[^a-z])(prod|production|prd|live)([^a-z]|$)/i;

/** Why nothing may be deployed there; undefined where it may. `names` are the account's alias, the role or user, the domain. */
export function refusalOf(
    { accountId }: VerifySettings,
    actual: { readonly accountId: string; readonly names: readonly string[] },
): string | undefined {
    if (actual.accountId !== accountId) {
        return `the credentials are for account ${actual.accountId}, the settings for ${accountId}`;
    }
    const prod = actual.names.find((name) => PROD.test(name));
    return prod === undefined
        ? undefined
        : `"${prod}" looks like production; use an account for trying things`;
}
