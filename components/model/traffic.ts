import { Issues, wantOneOf, type Issue } from "./issues";
import { isDnsLabel, wantDnsLabel } from "./names";

/** The version that has the service's own name; any other is deployed beside it, as `<service>-<version>`. */
export const stableVersion = "stable";

/** A version of a service: tasks of its own, with an image of their own, behind the service's one name. */
export interface ServiceVersion {
    /** Share of the requests, in percent; a new version begins with 0. */
    readonly weight: number;
}

/** Requests that a version gets whatever the weights are, for example a tester's. */
export interface HeaderRoute {
    /** In lower case. */
    readonly header: string;
    /** The header's whole value. */
    readonly value: string;
    /** Version that gets them. */
    readonly version: string;
}

/** A version that gets a copy of requests which are safe to repeat; its answers are thrown away. */
export interface Mirror {
    /** Version that gets the copies. */
    readonly version: string;
    /** Share of those requests, in percent. */
    readonly percent: number;
}

/** How callers spread a service's requests over its versions. */
export interface TrafficSplit {
    /** By name; `stable` is one of them, and the weights sum to 100. @default stable alone */
    readonly versions?: Readonly<Record<string, ServiceVersion>>;
    /** The first that matches decides, before the weights do. @default none */
    readonly headerRoutes?: readonly HeaderRoute[];
    /** Versions without a weight that see what the others do. @default none */
    readonly mirrors?: readonly Mirror[];
}

export interface ResolvedVersion extends ServiceVersion {
    readonly version: string;
    /** Name of its ECS service, and its first label in the mesh's namespace. */
    readonly deployment: string;
}

/** `payment-service`, and `payment-service-canary` beside it. */
export function deploymentName(service: string, version: string): string {
    return version === stableVersion ? service : `${service}-${version}`;
}

/** Sorted by name, stable first, so that generated text is stable. */
export function resolveVersions(
    service: string,
    { versions = { [stableVersion]: { weight: 100 } } }: TrafficSplit,
): readonly ResolvedVersion[] {
    return Object.entries(versions)
        .map(([version, { weight }]) => ({ version, weight, deployment: deploymentName(service, version) }))
        .sort((a, b) => a.deployment.localeCompare(b.deployment, "en"));
}

/** `taken` are names of which no deployment may have one: the other services'. */
export function checkTraffic(
    service: string,
    traffic: TrafficSplit,
    taken: Pick<readonly string[], "includes">,
): readonly Issue[] {
    const { versions, headerRoutes = [], mirrors = [] } = traffic;
    const issues = new Issues();
    if (versions !== undefined) {
        issues.addAll(checkVersions(service, versions, taken), "versions");
    }
    const known = Object.keys(versions ?? { [stableVersion]: true });
    const wantVersion = wantOneOf(known);
    for (const [index, route] of headerRoutes.entries()) {
        const path = `headerRoutes[${index}]`;
        issues.addAll(checkHeader(route), path);
        issues.require(known.includes(route.version), `${path}.version`, route.version, wantVersion);
        const first = headerRoutes.findIndex(
            ({ header, value }) => header === route.header && value === route.value,
        );
        issues.require(first === index, path, `${route.header}: ${route.value}`, "each header's value once");
    }
    for (const [index, { version, percent }] of mirrors.entries()) {
        const path = `mirrors[${index}]`;
        issues.require(known.includes(version), `${path}.version`, version, wantVersion);
        const shadows = (versions?.[version]?.weight ?? 0) === 0 && version !== stableVersion;
        issues.require(
            shadows,
            `${path}.version`,
            version,
            "a version of weight 0, or it would see a request twice",
        );
        const first = mirrors.findIndex((other) => other.version === version);
        issues.require(first === index, `${path}.version`, version, "each version once");
        issues.require(
            isShare(percent) && percent > 0,
            `${path}.percent`,
            percent,
            "a whole number from 1 to 100",
        );
    }
    return issues.all;
}

function checkVersions(
    service: string,
    versions: Readonly<Record<string, ServiceVersion>>,
    taken: Pick<readonly string[], "includes">,
): readonly Issue[] {
    const issues = new Issues();
    const names = Object.keys(versions);
    issues.require(
        names.includes(stableVersion),
        stableVersion,
        undefined,
        `a version "${stableVersion}": the tasks that have the service's own name`,
    );
    for (const [version, { weight }] of Object.entries(versions)) {
        const deployment = deploymentName(service, version);
        issues.require(isDnsLabel(version) && isDnsLabel(deployment), version, deployment, wantDnsLabel);
        issues.require(
            !taken.includes(deployment),
            version,
            deployment,
            "a name that no other deployment has",
        );
        issues.require(isShare(weight), `${version}.weight`, weight, "a whole number from 0 to 100");
    }
    const sum = Object.values(versions).reduce((total, { weight }) => total + weight, 0);
    issues.require(sum === 100, "", `weights that sum to ${sum}`, "weights that sum to 100");
    return issues.all;
}

/** Headers of Envoy's are removed before routes are looked at, and a credential must not stand in a task definition. */
const unroutable =
    /^(x-envoy-.*|x-forwarded-.*|x-user-id|x-consumer-id|authorization|x-api-key|cookie|host)$/;

function checkHeader({ header, value }: HeaderRoute): readonly Issue[] {
    const issues = new Issues();
    const named = /^[a-z0-9-]+$/.test(header) && !unroutable.test(header);
    issues.require(
        named,
        "header",
        header,
        "a header's name in lower case, none that carries an identity, a credential or the proxies' own words",
    );
    issues.require(/^[!-~]([ -~]*[!-~])?$/.test(value), "value", value, "visible characters");
    return issues.all;
}

function isShare(percent: number): boolean {
    return Number.isInteger(percent) && percent >= 0 && percent <= 100;
}
