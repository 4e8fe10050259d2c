import { alignUp, endOf, formatRange, parseRange, sizeOf } from "./cidr";
import type { Range } from "./cidr";

/** `Unused` keeps a range free. */
export type SubnetType = "Public" | "Private" | "Isolated" | "Unused";

export interface SubnetSpec {
    readonly type: SubnetType;
    readonly name?: string;
    /** Prefix length; a share of the zone's range where absent. */
    readonly cidrMask?: number;
    /** One range a zone; then all specs must have them. */
    readonly cidrBlocks?: readonly string[];
    readonly size?: number;
    readonly tags?: unknown;
}

export interface LayoutArgs {
    readonly vpcName: string;
    readonly cidrBlock: string;
    readonly zones: readonly string[];
    readonly specs: readonly SubnetSpec[] | undefined;
    readonly strategy: "Legacy" | "Auto" | "Exact";
    readonly zoneMask?: number | undefined;
}

export interface PlannedSubnet {
    readonly name: string;
    readonly type: SubnetType;
    readonly zone: string;
    readonly cidrBlock: string;
    readonly spec: SubnetSpec;
}

/** Least prefix lengths that the Legacy strategy gives where none is asked for. */
const LEGACY_MASKS = { Private: 19, Public: 20, Isolated: 24, Unused: 0 } as const;

/**
 * Where each subnet lies, as the real `awsx.ec2.Vpc` decides it: the range is shared evenly by the zones, and each
 * zone's part is filled in order with blocks that begin at multiples of their size.
 */
export function layOut(args: LayoutArgs): readonly PlannedSubnet[] {
    const vpc = parseRange(args.cidrBlock);
    const zoneMask = args.zoneMask ?? vpc.mask + bitsFor(args.zones.length);
    const specs = masked(args, zoneMask);
    const ranges = args.zones.map((_, index) => {
        const first = vpc.first + index * sizeOf(zoneMask);
        return zoneRanges({ first, mask: zoneMask }, specs, index);
    });
    if (args.strategy === "Exact") {
        rejectGaps(vpc, ranges.flat());
    }
    return args.zones.flatMap((zone, index) =>
        specs.map((spec, position) => ({
            name: `${args.vpcName}-${spec.name ?? spec.type.toLowerCase()}-${index + 1}`,
            type: spec.type,
            zone,
            cidrBlock: formatRange(ranges[index]?.[position] ?? vpc),
            spec,
        })),
    );
}

type Masked = SubnetSpec & { readonly cidrMask: number };

/** The specs in the strategy's order, each with a prefix length. */
function masked({ specs, strategy, zones }: LayoutArgs, zoneMask: number): readonly Masked[] {
    if (specs === undefined) {
        // A /16 a zone is the most that subnets nobody asked for take.
        const mask = strategy === "Legacy" ? zoneMask : Math.max(zoneMask, 16);
        return [
            { type: "Private", cidrMask: mask + 1 },
            { type: "Public", cidrMask: mask + 2 },
        ];
    }
    specs.forEach((spec, index) => {
        if (spec.cidrBlocks !== undefined && spec.cidrBlocks.length !== zones.length) {
            throw new Error(
                `subnetSpecs[${index}].cidrBlocks has ${spec.cidrBlocks.length} ranges; there are ${zones.length} zones.`,
            );
        }
    });
    const order = (type: SubnetType): number => ["Private", "Public", "Isolated", "Unused"].indexOf(type);
    const ordered = strategy === "Legacy" ? [...specs].sort((a, b) => order(a.type) - order(b.type)) : specs;
    return ordered.map((spec) => ({ ...spec, cidrMask: spec.cidrMask ?? defaultMask(spec, specs.length) }));

    function defaultMask({ type, size }: SubnetSpec, count: number): number {
        if (size !== undefined) {
            return 32 - Math.log2(size);
        }
        return strategy === "Legacy"
            ? Math.max(zoneMask + (count === 1 ? 0 : 1), LEGACY_MASKS[type])
            : zoneMask + bitsFor(count);
    }
}

function zoneRanges(zone: Range, specs: readonly Masked[], zoneIndex: number): readonly Range[] {
    let next = zone.first;
    const ranges = specs.map(({ cidrMask, cidrBlocks }): Range => {
        const fixed = cidrBlocks?.[zoneIndex];
        const range =
            fixed === undefined
                ? { first: alignUp(next, sizeOf(cidrMask)), mask: cidrMask }
                : parseRange(fixed);
        next = endOf(range);
        return range;
    });
    const chosen = specs.every(({ cidrBlocks }) => cidrBlocks !== undefined);
    if (!chosen && next > endOf(zone)) {
        const need = next - zone.first;
        throw new Error(
            `Subnets are too large for VPC: each zone has ${sizeOf(zone.mask)} addresses, they need ${need}.`,
        );
    }
    return ranges;
}

function rejectGaps(vpc: Range, ranges: readonly Range[]): void {
    const sorted = [...ranges].sort((a, b) => a.first - b.first);
    const gap = sorted.find((range, index) => range.first !== endAt(sorted[index - 1]));
    const last = sorted.at(-1);
    if (gap !== undefined || endAt(last) !== endOf(vpc)) {
        const where = gap === undefined ? `after ${formatRange(last ?? vpc)}` : `before ${formatRange(gap)}`;
        throw new Error(
            `There are gaps in the subnet ranges, ${where}; name them with subnets of type "Unused".`,
        );
    }

    function endAt(range: Range | undefined): number {
        return range === undefined ? vpc.first : endOf(range);
    }
}

/** Bits that tell so many things apart. */
function bitsFor(count: number): number {
    return Math.ceil(Math.log2(Math.max(count, 1)));
}
