import { readFileSync } from "node:fs";
import { z } from "zod";

const metadata = z.looseObject({
    op: z.string(),
    urn: z.string(),
    type: z.string(),
    diffs: z.array(z.string()).nullish(),
    old: z.looseObject({ urn: z.string() }).nullish(),
    logical: z.boolean().default(false),
    new: z
        .looseObject({
            type: z.string(),
            parent: z.string().default(""),
            inputs: z.record(z.string(), z.unknown()).default({}),
        })
        .nullish(),
});
const text = z.string();

/** What is read of the engine's own events (`--event-log`; apitype.EngineEvent in github.com/pulumi/pulumi/sdk). */
const eventSchema = z.looseObject({
    resourcePreEvent: z.looseObject({ metadata }).optional(),
    resOutputsEvent: z.looseObject({ metadata }).optional(),
    policyEvent: z
        .looseObject({
            policyName: text,
            message: text,
            enforcementLevel: text,
            resourceUrn: text.default(""),
        })
        .optional(),
    policyAnalyzeStackSummaryEvent: z
        .looseObject({
            policyPackName: text,
            passed: z.array(text).nullish(),
            failed: z.array(text).nullish(),
        })
        .optional(),
    summaryEvent: z.looseObject({ result: text.optional() }).optional(),
});

export type EngineEvent = z.infer<typeof eventSchema>;

/** The events of one run, in order. Debugging messages, which are most of the file, are left out. */
export function readEvents(file: string): readonly EngineEvent[] {
    return readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "" && !line.includes('"diagnosticEvent"'))
        .map((line) => eventSchema.parse(JSON.parse(line)));
}
