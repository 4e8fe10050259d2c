import { Issues, type Issue } from "../model/issues";
import { isDnsLabel, isDnsName, wantDnsLabel, wantDnsName } from "../model/names";
import { checkOrigins, isOrigin } from "../model/origins";
import type { ExternalApiArgs, StageThrottle } from "./apiArgs";
import { checkBody } from "./openapi/checkBody";
import { checkPublicOperations } from "./openapi/publicOperations";
import { readVersions } from "./readVersions";
import { resolveVersion, type ResolvedVersion } from "./resolveVersion";

export interface ResolvedApi {
    readonly api: string;
    readonly versions: readonly ResolvedVersion[];
    readonly throttle: StageThrottle;
    readonly issues: readonly Issue[];
}

/** Source: "Amazon API Gateway quotas": 10,000 requests a second in an account and region, burst 5,000. */
const accountQuota = { ratePerSecond: 10_000, burst: 5_000 };

/** Validates an API's arguments and generates its bodies; `versions` holds nothing that had issues. */
export function resolveApi(name: string, args: ExternalApiArgs): ResolvedApi {
    const {
        api = name,
        throttle = { ratePerSecond: 500, burst: 1000 },
        timeoutSeconds = 28,
        allowedOrigins = args.edge.allowedOrigins,
    } = args;
    const issues = new Issues();
    issues.require(isDnsLabel(api), "api", api, wantDnsLabel);
    issues.require(isDnsLabel(args.service), "service", args.service, wantDnsLabel);
    issues.require(
        isDnsName(args.backend.serverName),
        "backend.serverName",
        args.backend.serverName,
        wantDnsName,
    );
    const isTimeout = timeoutSeconds >= 1 && timeoutSeconds < 29;
    issues.require(
        isTimeout,
        "timeoutSeconds",
        timeoutSeconds,
        "at least 1 and below API Gateway's 29 seconds",
    );
    checkThrottle(throttle, issues);
    checkRoute(api, args, issues);
    checkOrigins(allowedOrigins, issues);
    const known = args.edge.allowedOrigins;
    allowedOrigins.forEach((origin, index) => {
        const want = `one of the edge's: ${known.join(", ") || "it has none"}`;
        const isKnown = known.includes(origin) || !isOrigin(origin);
        issues.require(isKnown, `allowedOrigins[${index}]`, origin, want);
    });
    const { plainPort, serverName, verifyServerCertificate } = args.backend;
    const backend = {
        serverName,
        verifyServerCertificate,
        ...(plainPort === undefined ? {} : { plainPort }),
        timeoutMilliseconds: Math.round(timeoutSeconds * 1000),
    };
    const { authorizer } = args.edge;
    const written = readVersions(args.contracts, issues);
    const versions = written.map((version) =>
        resolveVersion(version, written, { api, authorizer, backend, allowedOrigins }),
    );
    for (const { template, version } of versions) {
        issues.addAll(checkBody(version, template));
    }
    if (written.length === Object.keys(args.contracts).length) {
        const contracts = written.map(({ contract }) => contract);
        issues.addAll(checkPublicOperations(contracts, args.publicOperations ?? {}));
    }
    return { api, versions, throttle, issues: issues.all };
}

function checkRoute(api: string, { backend: { routes }, service }: ExternalApiArgs, issues: Issues): void {
    if (routes === undefined) {
        return;
    }
    const known = routes.map((route) => `${route.api} to ${route.service}`).join(", ");
    const leads = routes.some((route) => route.api === api && route.service === service);
    issues.require(
        leads,
        "service",
        `${api} to ${service}`,
        `a route of the backend: ${known || "it has none"}`,
    );
}

function checkThrottle(throttle: StageThrottle, issues: Issues): void {
    const { ratePerSecond, burst } = throttle;
    const isRate = ratePerSecond > 0 && ratePerSecond <= accountQuota.ratePerSecond;
    issues.require(
        isRate,
        "throttle.ratePerSecond",
        ratePerSecond,
        `above 0, at most ${accountQuota.ratePerSecond}`,
    );
    const isBurst = Number.isInteger(burst) && burst >= 1 && burst <= accountQuota.burst;
    issues.require(isBurst, "throttle.burst", burst, `a whole number from 1 to ${accountQuota.burst}`);
}
