import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "../../../../local/providers/aws/provider";
import type { Change, Subject } from "../../../../local/providers/rpc/provider";
import { plain } from "../../../../local/providers/rpc/values";
import type { Props } from "../../../../local/providers/rpc/values";
import { cacheFolder } from "../../../../local/providers/schema/folders";
import { TlsProvider } from "../../../../local/providers/tls/provider";

/** The text of an output, out of its secret wrapper if it has one. */
export function textOf(outputs: Props, name: string): string {
    const value = plain(outputs[name] ?? null);
    if (typeof value !== "string") {
        throw new Error(`output "${name}" is no text`);
    }
    return value;
}

const folders: string[] = [];

/** A folder of its own for what a provider counts; `forgetScratch` removes all. */
export function scratchFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), "emulated-"));
    folders.push(folder);
    return folder;
}

export function forgetScratch(): void {
    folders.splice(0).forEach((folder) => {
        rmSync(folder, { recursive: true });
    });
}

/** An aws stand-in in eu-west-1 that has created nothing yet. */
export async function newAws(config: Props = { region: "eu-west-1" }): Promise<AwsProvider> {
    const provider = await AwsProvider.load(cacheFolder(), scratchFolder());
    provider.configure(config);
    return provider;
}

export function newTls(clock: () => Date = () => new Date()): Promise<TlsProvider> {
    return TlsProvider.load(cacheFolder(), scratchFolder(), clock);
}

export function subjectOf(type: string, name = "it"): Subject {
    return { urn: `urn:pulumi:dev::traffic::${type}::${name}`, type, name };
}

/** Checks and creates, as an update does; throws where the inputs are refused. */
export async function created(
    provider: AwsProvider | TlsProvider,
    subject: Subject,
    inputs: Props,
): Promise<{ id: string; outputs: Props; inputs: Props }> {
    const checked = await provider.check(subject, undefined, inputs);
    if (checked.failures.length > 0) {
        throw new Error(checked.failures.map(({ reason }) => reason).join("; "));
    }
    return { inputs: checked.inputs, ...(await provider.create(subject, checked.inputs, false)) };
}

/** What the engine asks about an existing resource whose inputs are now others. */
export async function changeTo(
    provider: AwsProvider | TlsProvider,
    subject: Subject,
    existing: { id: string; outputs: Props; inputs: Props },
    inputs: Props,
): Promise<Change> {
    const checked = await provider.check(subject, existing.inputs, inputs);
    return { id: existing.id, state: existing.outputs, oldInputs: existing.inputs, inputs: checked.inputs };
}
