/**
 * Values that AWS gives only when it creates the resource. A body is generated with these names in their place, so that it can be
 * judged whole at preview; they are the only parts in which the deployed body may differ from its template.
 */
export const placeholders = ["integrationTarget", "userPoolArn"] as const;
export type Placeholder = (typeof placeholders)[number];

/** `{{integrationTarget}}` */
export function placeholder(name: Placeholder): string {
    return `{{${name}}}`;
}

/** The template with every placeholder replaced. */
export function fillTemplate(template: string, values: Readonly<Record<Placeholder, string>>): string {
    return placeholders.reduce(
        (text, name) => text.replaceAll(placeholder(name), () => JSON.stringify(values[name]).slice(1, -1)),
        template,
    );
}
