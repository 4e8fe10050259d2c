/** An IPv4 range: first address and prefix length. */
export interface Range {
    readonly first: number;
    readonly mask: number;
}

export function parseRange(cidr: string): Range {
    const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr);
    const [a = 0, b = 0, c = 0, d = 0, mask = 33] = (match ?? []).slice(1).map(Number);
    if (match === null || mask > 32 || Math.max(a, b, c, d) > 255) {
        throw new Error(`"${cidr}" is no IPv4 range; give one such as 10.0.0.0/16.`);
    }
    const address = ((a * 256 + b) * 256 + c) * 256 + d;
    return { first: alignDown(address, sizeOf(mask)), mask };
}

export function formatRange({ first, mask }: Range): string {
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
    return `${octets.join(".")}/${mask}`;
}

/** How many addresses a prefix of that length holds. */
export function sizeOf(mask: number): number {
    return 2 ** (32 - mask);
}

/** The address after the range's last. */
export function endOf({ first, mask }: Range): number {
    return first + sizeOf(mask);
}

export function alignUp(address: number, size: number): number {
    return Math.ceil(address / size) * size;
}

function alignDown(address: number, size: number): number {
    return Math.floor(address / size) * size;
}
