import type { Compute } from "../table/emulation";
import type { Reading } from "../table/reading";

/** The alphabets that AWS makes ids of. */
export const LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
export const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
export const MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The API's host names end so in every commercial region. */
export const SUFFIX = "amazonaws.com";

/** `vpc-0` and 16 hexadecimal digits: EC2's long ids. */
export function ec2Id(prefix: string): (reading: Reading) => string {
    return (reading) => `${prefix}-0${reading.hex(16)}`;
}

/** Ids of services that use short words of lower-case letters and digits. */
export function word(length: number): (reading: Reading) => string {
    return (reading) => reading.letters(LOWER, length);
}

/** An ARN with region and account whose resource part ends in the physical id. */
export function arnOfId(service: string, prefix: string): Compute {
    return (reading) => reading.arn(service, `${prefix}${reading.id}`);
}

/** API Gateway's control-plane ARNs name no account, and their resource part is a path. */
export function gatewayArn(reading: Reading, path: string): string {
    return `arn:${reading.partition}:apigateway:${reading.region}::${path}`;
}

export function account({ account: id }: Reading): string {
    return id;
}

/** The time of creation, kept by updates. */
export function createdAt(output: string): Compute {
    return (reading) => reading.kept(output, () => now());
}

/** As the real provider prints times: to the second, in UTC. */
export function now(time = new Date()): string {
    return time.toISOString().replace(/\.\d+Z$/, "Z");
}
