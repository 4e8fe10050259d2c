import type { MeshServiceDefinition } from "../../../components/model/mesh";

const firstPort = 20_000;

export type GeneratedServices = Readonly<Record<string, MeshServiceDefinition>>;

/** A call graph of any size, in which every service has as many callers as callees: each calls the next ones. */
export function ringOfServices(count: number, callees = 3): GeneratedServices {
    const nameOf = (index: number): string => `service-${index % count}`;
    const entries = Array.from({ length: count }, (_, index) => {
        const calls = Array.from({ length: callees }, (__, step) => nameOf(index + step + 1));
        return [nameOf(index), { localPort: firstPort + index, calls }] as const;
    });
    return Object.fromEntries(entries);
}
