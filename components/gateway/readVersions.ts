import { existsSync, readFileSync } from "node:fs";
import type { Issues } from "../model/issues";
import type { ContractArgs, ExternalApiArgs, VersionArgs } from "./apiArgs";
import { checkTranslation } from "./openapi/checkTranslation";
import type { Contract } from "./openapi/contract";
import { checkDeprecation, type Deprecation } from "./openapi/deprecation";
import { readContract } from "./openapi/readContract";
import { readTranslation } from "./openapi/readTranslation";
import type { ContractSource } from "./openapi/source";
import type { Translation } from "./openapi/translation";

/** One version as it was written; without issues. */
export interface WrittenVersion {
    readonly version: string;
    readonly contract: Contract;
    readonly translation?: Translation;
    readonly deprecation?: Deprecation;
}

const versionForm = /^v([1-9][0-9]{0,2})$/;

/** Reads the contracts of all versions and how they are served; versions with issues are left out. */
export function readVersions(
    contracts: ExternalApiArgs["contracts"],
    issues: Issues,
): readonly WrittenVersion[] {
    const names = Object.keys(contracts);
    issues.require(names.length > 0, "contracts", "no version", "at least one contract, such as v1");
    const written = Object.entries(contracts).flatMap(([version, args]) => {
        const contract = contractOf(version, args, issues);
        checkDeprecation(args.deprecation, `contracts.${version}.deprecation`, issues);
        return contract === undefined ? [] : [{ version, contract, args }];
    });
    return written.map(({ version, contract, args }) => {
        const translation = translationOf(version, args, issues);
        if (translation !== undefined) {
            checkServing({ version, contract, translation }, written, names, issues);
        }
        return {
            version,
            contract,
            ...(translation === undefined ? {} : { translation }),
            ...(args.deprecation === undefined ? {} : { deprecation: args.deprecation }),
        };
    });
}

function contractOf(version: string, args: VersionArgs, issues: Issues): Contract | undefined {
    const major = versionForm.exec(version)?.[1];
    issues.require(major !== undefined, "contracts", version, "a version such as v1");
    const source = sourceOf(args, `contracts.${version}`, issues);
    if (source === undefined) {
        return undefined;
    }
    const { contract, issues: found } = readContract(source);
    issues.addAll(found);
    if (contract !== undefined && major !== undefined) {
        const isOwn = contract.version.split(".")[0] === major;
        const want = `${major}.x.y, because it is the contract of ${version}`;
        issues.require(isOwn, contract.versionAt, contract.version, want);
    }
    return contract;
}

function translationOf(version: string, args: VersionArgs, issues: Issues): Translation | undefined {
    if (args.translation === undefined) {
        return undefined;
    }
    const source = sourceOf(args.translation, `contracts.${version}.translation`, issues);
    const read = source === undefined ? undefined : readTranslation(source);
    issues.addAll(read?.issues ?? []);
    return read?.translation;
}

function checkServing(
    { version, contract, translation }: WrittenVersion & { readonly translation: Translation },
    written: readonly WrittenVersion[],
    names: readonly string[],
    issues: Issues,
): void {
    const { servedBy, servedByAt } = translation;
    const isOther = servedBy !== version && names.includes(servedBy);
    issues.require(isOther, servedByAt, servedBy, "another version of this API");
    const current = written.find((each) => each.version === servedBy);
    if (isOther && current !== undefined) {
        issues.addAll(checkTranslation(translation, { old: contract, current: current.contract }));
    }
}

function sourceOf(args: ContractArgs, path: string, issues: Issues): ContractSource | undefined {
    if ("text" in args) {
        return args;
    }
    const exists = existsSync(args.file);
    issues.require(exists, `${path}.file`, args.file, "a file that exists, from the program's folder");
    return exists ? { file: args.file, text: readFileSync(args.file, "utf8") } : undefined;
}
