/** RFC 1123 label: what a service's name must be, because it becomes a DNS name, a SPIFFE path and a container's environment variable. */
const dnsLabel = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const dnsName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;

export const wantDnsLabel =
    "a DNS label: 1 to 63 lower-case letters, digits or hyphens, beginning with a letter and not ending with a hyphen";
export const wantDnsName = 'a DNS name of at least two labels, such as "shop.internal"';

export function isDnsLabel(name: string): boolean {
    return dnsLabel.test(name);
}

export function isDnsName(name: string): boolean {
    return dnsName.test(name);
}

/** `payment-service` → `PAYMENT_SERVICE_URL`, the variable in which a caller finds the callee's loopback address. */
export function urlVariable(service: string): string {
    return `${service.toUpperCase().replaceAll("-", "_")}_URL`;
}
