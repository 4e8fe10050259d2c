/**
 * What AWS names only when it makes it. Generators write these instead, so that everything else is known, and checked, at preview.
 * The values are as long as what takes their place.
 */
export const unknowns = {
    loadBalancer: "net/<load-balancer>/0000000000000000",
    targetGroup: "targetgroup/<target-group>/0000000000000000",
    edgeCertificate: "arn:<edge-certificate>:00000000-0000-0000-0000-000000000000",
    accountId: "<account-id>",
    partition: "<partition>",
} as const;

export type Unknown = keyof typeof unknowns;

/** Puts the values into a text, or into a part of one. */
export function fillUnknowns(text: string, values: Readonly<Record<Unknown, string>>): string {
    return (Object.entries(unknowns) as [Unknown, string][]).reduce(
        (filled, [name, placeholder]) => filled.replaceAll(placeholder, values[name]),
        text,
    );
}
