export interface Question {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
}

export interface Answer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}

export type Ask = (url: string, question?: Question) => Promise<Answer>;

/** Longer than API Gateway waits for a backend, in milliseconds. */
const PATIENCE = 35_000;

/** One request of HTTP, its answer as it came: redirects are answers too. */
export const ask: Ask = async (url, { method = "GET", headers = {}, body } = {}) => {
    const response = await fetch(url, {
        method,
        headers,
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
        ...(body === undefined ? {} : { body }),
    });
    return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
    };
};

/** What JSON an answer holds; undefined where it holds none. */
export function json(answer: Answer): unknown {
    try {
        return JSON.parse(answer.body) as unknown;
    } catch {
        return undefined;
    }
}

/** In words, without credentials: for a report. */
export function told({ status, headers }: Answer): string {
    const type = headers["content-type"];
    return type === undefined ? String(status) : `${status} ${type}`;
}
