import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Harmless, Operator } from "./operator";
import { operators } from "./operators/all";
import { appMeshOperators } from "./operators/appMesh";
import { guestOperators } from "./operators/guests";
import { harmless } from "./operators/harmless";
import { appMesh, guests, shop, type Recorder } from "./record";
import type { Recorded } from "./recording";
import type { State } from "./run";

/** A program that is recorded, and what is tried on it. */
interface Program {
    readonly name: string;
    readonly record: Recorder;
    readonly operators: readonly Operator[];
    readonly harmless: readonly Harmless[];
}

const programs: readonly Program[] = [
    { name: "dev", record: shop("dev"), operators, harmless },
    { name: "prod", record: shop("prod"), operators, harmless },
    { name: "app-mesh", record: appMesh, operators: appMeshOperators, harmless: [] },
    { name: "platform", record: guests, operators: [], harmless: [] },
    { name: "loyalty", record: guests, operators: guestOperators, harmless: [] },
];

/** A program with its recordings and the configuration under which it is deployed. */
export interface Subject extends Program {
    readonly configuration: Readonly<Record<string, unknown>>;
    readonly states: readonly State[];
}

const moments = ["preview", "up"] as const;

/**
 * The programs as policies see them, at preview and after the deploy, with the real engine and emulated providers: the shop's stacks from
 * an empty account, the shop on App Mesh, a platform and its guest. `POLICY_RECORDINGS` names a folder in which recordings are kept:
 * those that it has are used again.
 */
export async function subjects(): Promise<readonly Subject[]> {
    const given = process.env.POLICY_RECORDINGS;
    const folder = given ?? (await mkdtemp(join(tmpdir(), "recordings-")));
    const lacking = programs.filter(({ name }) => !existsSync(join(folder, `${name}-policies.json`)));
    for (const record of new Set(lacking.map((program) => program.record))) {
        await record(folder);
    }
    const parsed = async (file: string): Promise<unknown> =>
        JSON.parse(await readFile(join(folder, file), "utf8"));
    const all: Subject[] = [];
    for (const program of programs) {
        const { name: stack } = program;
        const states: State[] = [];
        for (const moment of moments) {
            states.push({
                stack,
                moment,
                program: (await parsed(`${stack}-${moment}.json`)) as readonly Recorded[],
            });
        }
        const configuration = (await parsed(`${stack}-policies.json`)) as Subject["configuration"];
        all.push({ ...program, states, configuration });
    }
    if (given === undefined) {
        await rm(folder, { recursive: true });
    }
    return all;
}
