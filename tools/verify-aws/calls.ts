import type { Probe } from "./check";
import type { Answer, Question } from "./http";

/** Asks an operation of the probe's API as the consumer that may read and write, unless headers say otherwise; a header set to "" is left out. */
export async function call(
    probe: Probe,
    path: string,
    { headers = {}, ...question }: Question = {},
    version: "v1" | "v2" = "v2",
): Promise<Answer> {
    const given = {
        authorization: `Bearer ${headers.authorization === undefined ? await probe.token("full") : ""}`,
        "x-api-key": probe.outputs.apiKeys.full ?? "",
        ...headers,
    };
    return probe.ask(`${probe.outputs.urls[version]}${path}`, {
        ...question,
        headers: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== "")),
    });
}

/** The probe's headers as the service saw them; undefined where no service answered. */
export function seenBy(answer: Answer): Readonly<Record<string, unknown>> | undefined {
    try {
        const { data } = JSON.parse(answer.body) as { data: readonly { seen: string }[] };
        return JSON.parse(data[0]?.seen ?? "") as Readonly<Record<string, unknown>>;
    } catch {
        return undefined;
    }
}

/** Minutes until logs and metrics can be read. */
export const LOGGED = 10;

export const accessLogs = (probe: Probe, version = "v2"): string =>
    `/${probe.settings.prefix}/gateway/probe/${version}`;
export const memberLogs = (probe: Probe, member: string): string =>
    `/${probe.settings.prefix}/mesh/${member}`;
export const webAclLogs = (probe: Probe): string => `aws-waf-logs-${probe.settings.prefix}`;

/** Rows of a log that are JSON, as objects. */
export function rows(
    events: readonly { readonly message: string }[],
): readonly Readonly<Record<string, unknown>>[] {
    return events.flatMap(({ message }) => {
        try {
            return [JSON.parse(message) as Readonly<Record<string, unknown>>];
        } catch {
            return [];
        }
    });
}

const BATCH = 50;

/** Asks `count` times, some at once; returns the answers. */
export async function many(count: number, one: () => Promise<Answer>): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (let left = count; left > 0; left -= BATCH) {
        answers.push(...(await Promise.all(Array.from({ length: Math.min(BATCH, left) }, one))));
    }
    return answers;
}
