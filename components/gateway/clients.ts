import { Issues, type Issue } from "../model/issues";
import { isDnsLabel, wantDnsLabel } from "../model/names";
import { scopeForm, wantScope } from "./openapi/schemes";

/** An application of the shop's own, used by many people: the web shop or the mobile app. */
export interface AppClient {
    /** Where a person may return to after signing in. */
    readonly callbackUrls: readonly string[];
    /** Where a person may return to after signing out. @default the same as callbackUrls */
    readonly logoutUrls?: readonly string[];
    /** Scopes that everybody who signs in may be given; leave out what only some may do. */
    readonly scopes: readonly string[];
}

/** A partner's system, which calls with its own credentials. */
export interface ConsumerClient {
    /** What it may do, as `<api>/<scope>`. */
    readonly scopes: readonly string[];
}

export interface Clients {
    readonly web: AppClient;
    readonly mobile: AppClient;
    readonly consumers?: Readonly<Record<string, ConsumerClient>>;
}

/** The two applications; consumers may not take their names. */
export const applications = ["web", "mobile"] as const;

export function checkClients(clients: Clients, scopes: Readonly<Record<string, string>>): readonly Issue[] {
    const issues = new Issues();
    for (const scope of Object.keys(scopes)) {
        issues.require(scopeForm.test(scope), "scopes", scope, wantScope);
    }
    for (const application of applications) {
        const { callbackUrls, scopes: asked } = clients[application];
        const path = `clients.${application}`;
        issues.require(callbackUrls.length > 0, `${path}.callbackUrls`, callbackUrls, "at least one URL");
        checkScopes(`${path}.scopes`, asked, scopes, issues);
    }
    for (const [name, consumer] of Object.entries(clients.consumers ?? {})) {
        const isFree = isDnsLabel(name) && !(applications as readonly string[]).includes(name);
        issues.require(isFree, "clients.consumers", name, `${wantDnsLabel}, neither "web" nor "mobile"`);
        checkScopes(`clients.consumers.${name}.scopes`, consumer.scopes, scopes, issues);
    }
    return issues.all;
}

function checkScopes(
    path: string,
    asked: readonly string[],
    scopes: Readonly<Record<string, string>>,
    issues: Issues,
): void {
    issues.require(asked.length > 0, path, asked, "at least one scope");
    for (const scope of asked) {
        issues.require(scope in scopes, path, scope, `one of ${Object.keys(scopes).join(", ")}`);
    }
}
