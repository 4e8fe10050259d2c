import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as proto from "@pulumi/pulumi/proto/language_pb";
import { splitWords } from "./splitWords";

export const PACKAGE_MANAGERS = ["npm", "pnpm", "yarn", "bun"] as const;
export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

/** `runtime.options` of Pulumi.yaml (https://www.pulumi.com/docs/iac/concepts/projects/project-file/#runtime-options). */
export interface RuntimeOptions {
    /** Run the program through ts-node. @default true */
    readonly typescript: boolean;
    /** Path of the tsconfig.json for ts-node. @default the program's own */
    readonly tsconfig: string | undefined;
    /** Arguments of Node.js itself. @default none */
    readonly nodeArgs: readonly string[];
    /** Installs dependencies. @default undefined, which stands for `auto`: found by the lock file */
    readonly packageManager: PackageManager | undefined;
    /** Leave out development dependencies when installing. @default false */
    readonly production: boolean;
}

/** Reads the options; an option of the wrong type is an error, an unknown one is not. */
export function readRuntimeOptions(struct: Struct | undefined): RuntimeOptions {
    const options: Record<string, unknown> = struct?.toJavaScript() ?? {};
    const manager = option(options, "packagemanager", isString, "a string") ?? "auto";
    if (manager !== "auto" && !isPackageManager(manager)) {
        throw new Error(
            `packagemanager option must be one of auto, npm, yarn, pnpm or bun, got "${manager}"`,
        );
    }
    return {
        typescript: option(options, "typescript", isBoolean, "a boolean") ?? true,
        tsconfig: option(options, "tsconfig", isString, "a string"),
        nodeArgs: splitWords(option(options, "nodeargs", isString, "a string") ?? ""),
        packageManager: manager === "auto" ? undefined : manager,
        production: option(options, "production", isBoolean, "a boolean") ?? false,
    };
}

/** What the program's runner reads of the options from its environment. */
export function optionVariables(options: RuntimeOptions): NodeJS.ProcessEnv {
    return {
        ...(options.typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
        ...(options.tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
    };
}

/** `pulumi new` asks which package manager to use, unless Pulumi.yaml says it. */
export function packageManagerPrompts(struct: Struct | undefined): proto.RuntimeOptionsResponse {
    const response = new proto.RuntimeOptionsResponse();
    if (struct?.getFieldsMap().has("packagemanager") === true) {
        return response;
    }
    const type = proto.RuntimeOptionPrompt.RuntimeOptionType.STRING;
    const value = (text: string): proto.RuntimeOptionPrompt.RuntimeOptionValue =>
        new proto.RuntimeOptionPrompt.RuntimeOptionValue().setPrompttype(type).setStringvalue(text);
    const prompt = new proto.RuntimeOptionPrompt()
        .setKey("packagemanager")
        .setDescription("The package manager to use for installing dependencies")
        .setPrompttype(type)
        .setChoicesList(PACKAGE_MANAGERS.map(value))
        .setDefault(value("npm"));
    return response.setPromptsList([prompt]);
}

function option<Value>(
    options: Record<string, unknown>,
    name: string,
    isValue: (value: unknown) => value is Value,
    want: string,
): Value | undefined {
    const value = options[name];
    if (value !== undefined && !isValue(value)) {
        throw new Error(`${name} option must be ${want}`);
    }
    return value;
}

function isString(value: unknown): value is string {
    return typeof value === "string";
}

function isBoolean(value: unknown): value is boolean {
    return typeof value === "boolean";
}

function isPackageManager(name: string): name is PackageManager {
    return PACKAGE_MANAGERS.some((known) => known === name);
}
