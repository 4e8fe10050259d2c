import { existsSync, readFileSync } from "node:fs";
import { Issues, type Issue } from "../model/issues";
import { isDnsLabel, isDnsName, wantDnsLabel, wantDnsName } from "../model/names";
import { isOrigin, wantOrigin } from "../model/origins";
import type { ContractArgs, ExternalApiArgs, StageThrottle } from "./apiArgs";
import type { Contract } from "./openapi/contract";
import { generateBody } from "./openapi/generate";
import type { BackendTarget } from "./openapi/integration";
import { checkPublicOperations } from "./openapi/publicOperations";
import { readContract } from "./openapi/readContract";
import type { ContractSource } from "./openapi/source";

/** One version of an API, ready to be created. */
export interface ResolvedVersion {
    readonly version: string;
    readonly contract: Contract;
    /** The body with placeholders for what AWS will name. */
    readonly template: string;
    /** Path below the domain, for example `orders/v1`. */
    readonly mappingKey: string;
}

export interface ResolvedApi {
    readonly api: string;
    readonly versions: readonly ResolvedVersion[];
    readonly throttle: StageThrottle;
    readonly issues: readonly Issue[];
}

const versionForm = /^v[1-9][0-9]{0,2}$/;
/** Source: "Amazon API Gateway quotas": 10,000 requests a second in an account and region, burst 5,000. */
const accountQuota = { ratePerSecond: 10_000, burst: 5_000 };

/** Validates an API's arguments and generates its bodies; `versions` holds nothing that had issues. */
export function resolveApi(name: string, args: ExternalApiArgs): ResolvedApi {
    const {
        api = name,
        throttle = { ratePerSecond: 500, burst: 1000 },
        timeoutSeconds = 28,
        allowedOrigins = [],
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
    allowedOrigins.forEach((origin, index) => {
        issues.require(isOrigin(origin), `allowedOrigins[${index}]`, origin, wantOrigin);
    });
    const backend = { ...args.backend, timeoutMilliseconds: Math.round(timeoutSeconds * 1000) };
    const contracts = readContracts(args.contracts, issues);
    const versions = contracts.map(([version, contract]) =>
        resolveVersion(api, version, contract, backend, allowedOrigins),
    );
    if (contracts.length === Object.keys(args.contracts).length) {
        issues.addAll(
            checkPublicOperations(
                contracts.map(([, contract]) => contract),
                args.publicOperations ?? {},
            ),
        );
    }
    return { api, versions, throttle, issues: issues.all };
}

function resolveVersion(
    api: string,
    version: string,
    contract: Contract,
    { serverName, verifyServerCertificate, timeoutMilliseconds }: BackendTarget,
    allowedOrigins: readonly string[],
): ResolvedVersion {
    const basePath = `${api}/${version}`;
    const backend = { serverName, verifyServerCertificate, timeoutMilliseconds };
    const template = generateBody(contract, { basePath, backend, allowedOrigins });
    return { version, contract, template, mappingKey: basePath };
}

function readContracts(
    contracts: ExternalApiArgs["contracts"],
    issues: Issues,
): readonly (readonly [string, Contract])[] {
    const versions = Object.keys(contracts);
    issues.require(versions.length > 0, "contracts", "no version", "at least one contract, such as v1");
    return Object.entries(contracts).flatMap(([version, args]) => {
        issues.require(versionForm.test(version), "contracts", version, "a version such as v1");
        const source = sourceOf(args, `contracts.${version}`, issues);
        if (source === undefined) {
            return [];
        }
        const read = readContract(source);
        issues.addAll(read.issues);
        return read.contract === undefined ? [] : [[version, read.contract] as const];
    });
}

function sourceOf(args: ContractArgs, path: string, issues: Issues): ContractSource | undefined {
    if ("text" in args) {
        return args;
    }
    const exists = existsSync(args.file);
    issues.require(exists, `${path}.file`, args.file, "a file that exists, from the program's folder");
    return exists ? { file: args.file, text: readFileSync(args.file, "utf8") } : undefined;
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
