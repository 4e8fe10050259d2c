import type { Issue } from "./issues";

/** CPU units (1024 = 1 vCPU) and memory in MiB of a whole task. */
export interface TaskSize {
    /** CPU of all containers together; 1024 are a vCPU. @unit CPU units */
    readonly cpu: number;
    /** Memory of all containers together. @unit MiB */
    readonly memory: number;
}

const gib = 1024;

/**
 * The sizes that Fargate accepts on Linux: for each CPU value the memory range and its step, in MiB.
 * Source: Amazon ECS developer guide, "Fargate task definition differences", task CPU and memory.
 */
const combinations: Readonly<Record<number, { min: number; max: number; step: number }>> = {
    256: { min: 512, max: 2 * gib, step: 512 },
    512: { min: gib, max: 4 * gib, step: gib },
    1024: { min: 2 * gib, max: 8 * gib, step: gib },
    2048: { min: 4 * gib, max: 16 * gib, step: gib },
    4096: { min: 8 * gib, max: 30 * gib, step: gib },
    8192: { min: 16 * gib, max: 60 * gib, step: 4 * gib },
    16384: { min: 32 * gib, max: 120 * gib, step: 8 * gib },
};

/** 0.25 vCPU accepts 512, 1024 and 2048 MiB only: its one gap in an otherwise even series. */
const gaps: readonly TaskSize[] = [{ cpu: 256, memory: 1536 }];

/** The issues of a task size, none when Fargate accepts it. */
export function checkTaskSize(size: TaskSize): readonly Issue[] {
    const allowed = combinations[size.cpu];
    if (allowed === undefined) {
        return [
            { path: "cpu", got: size.cpu, want: `one of ${Object.keys(combinations).join(", ")} CPU units` },
        ];
    }
    const { min, max, step } = allowed;
    const fits = size.memory >= min && size.memory <= max && (size.memory - min) % step === 0;
    const gap = gaps.some(({ cpu, memory }) => cpu === size.cpu && memory === size.memory);
    if (fits && !gap) {
        return [];
    }
    const except = gaps.filter(({ cpu }) => cpu === size.cpu).map(({ memory }) => ` except ${memory}`);
    return [
        {
            path: "memory",
            got: size.memory,
            want: `${min} to ${max} MiB in steps of ${step}${except.join("")} for ${size.cpu} CPU units`,
        },
    ];
}
