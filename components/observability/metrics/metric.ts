/** A CloudWatch metric: the whole set of dimensions is part of its identity. */
export interface Metric {
    readonly namespace: string;
    readonly name: string;
    readonly dimensions: Readonly<Record<string, string>>;
}

/** `AWS/ApiGateway Count {ApiName=shop-orders-v1, Stage=v1}` */
export function describeMetric({ namespace, name, dimensions }: Metric): string {
    const pairs = Object.entries(dimensions).map(([key, value]) => `${key}=${value}`);
    return `${namespace} ${name} {${pairs.join(", ")}}`;
}
