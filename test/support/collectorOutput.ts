/** A number that the collector was told, or of a histogram how many it holds. */
export interface Point {
    readonly metric: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly value: number;
}

export interface Span {
    readonly trace: string;
    readonly id: string;
    readonly parent: string;
    readonly kind: string;
    readonly attributes: Readonly<Record<string, string>>;
}

export interface Told {
    readonly points: readonly Point[];
    readonly spans: readonly Span[];
}

/** Reads what the collector's debug exporter prints in detail. */
export function readDebugOutput(output: string): Told {
    const lines = output.split("\n");
    const points: Point[] = [];
    const spans: Span[] = [];
    let metric = "";
    for (const [index, line] of lines.entries()) {
        metric = /^ {5}-> Name: (\S+)$/.exec(line)?.[1] ?? metric;
        if (/^(Number|Histogram)DataPoints #\d+$/.test(line)) {
            const block = blockAfter(lines, index);
            points.push({ metric, attributes: attributesOf(block), value: valueOf(block) });
        }
        if (/^Span #\d+$/.test(line)) {
            spans.push(spanOf(blockAfter(lines, index)));
        }
    }
    return { points, spans };
}

function blockAfter(lines: readonly string[], index: number): readonly string[] {
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((line) =>
        /^(Metric|Span|ResourceMetrics|ResourceSpans|NumberDataPoints|HistogramDataPoints) #|^\t\{/.test(
            line,
        ),
    );
    return end === -1 ? rest : rest.slice(0, end);
}

function attributesOf(block: readonly string[]): Record<string, string> {
    const found = block.flatMap((line) => {
        const [, key, value] = /^ {5}-> ([^:]+(?::[^:\s]+)*): Str\((.*)\)$/.exec(line) ?? [];
        return key === undefined || value === undefined ? [] : [[key, value]];
    });
    return Object.fromEntries(found) as Record<string, string>;
}

function valueOf(block: readonly string[]): number {
    const line = block.find((candidate) => /^(Value|Count): /.test(candidate));
    return Number(line?.split(": ")[1]);
}

function spanOf(block: readonly string[]): Span {
    const field = (name: string): string =>
        block
            .find((line) => line.trim().startsWith(name))
            ?.split(":")[1]
            ?.trim() ?? "";
    return {
        trace: field("Trace ID"),
        id: field("ID "),
        parent: field("Parent ID"),
        kind: field("Kind"),
        attributes: attributesOf(block),
    };
}
