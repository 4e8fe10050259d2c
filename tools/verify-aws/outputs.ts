import { z } from "zod";

const byName = z.record(z.string(), z.string());

/** What the probe's deployment says of itself (program/index.ts). */
export const outputsSchema = z.object({
    urls: z.object({ v1: z.string(), v2: z.string() }),
    clientIds: byName,
    clientSecrets: byName,
    apiKeys: byName,
    clusterArn: z.string(),
    serviceArns: z.object({ probe: z.string(), ingress: z.string() }),
    discoveryId: z.string(),
    certificateParameter: z.string(),
    alarmTopicArn: z.string(),
});

export type Outputs = z.infer<typeof outputsSchema>;
