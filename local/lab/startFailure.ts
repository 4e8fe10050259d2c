/** The lab cannot run on this machine as it is; the message says what to do. */
export class LabUnavailable extends Error {}

/** Why a part of the lab did not start: in words where a port or an address is the reason. */
export function startFailure(part: string, error: unknown): unknown {
    if (!(error instanceof Error) || !("code" in error)) {
        return error;
    }
    const { address = "", port = "" } = error as { readonly address?: string; readonly port?: number };
    switch (error.code) {
        case "EADDRINUSE":
            return new LabUnavailable(
                `${part}: ${address}:${port} is in use; end the program that listens there (another lab?), ` +
                    "or choose another network: make lab NETWORK=1",
            );
        case "EADDRNOTAVAIL":
            return new LabUnavailable(
                `${part}: this machine has no address ${address}; add it to the loopback interface ` +
                    `(macOS: sudo ifconfig lo0 alias ${address})`,
            );
        default:
            return error;
    }
}
