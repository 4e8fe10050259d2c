/** Name of a version's REST API: what CloudWatch calls `ApiName`. */
export function restApiName(prefix: string, api: string, version: string): string {
    return `${prefix}-${api}-${version}`;
}

/** Log group of a version's access logs. */
export function accessLogGroup(prefix: string, api: string, version: string): string {
    return `/${prefix}/gateway/${api}/${version}`;
}
