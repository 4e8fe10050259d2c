import type { JsonObject } from "../json";
import { seconds } from "./message";
import { timing } from "../timing";

export interface ListenerSpec {
    readonly name: string;
    readonly address: "0.0.0.0" | "127.0.0.1";
    readonly port: number;
    /** Absent only on loopback. */
    readonly tls?: JsonObject;
    readonly filter: JsonObject;
}

export function listener({ name, address, port, tls, filter }: ListenerSpec): JsonObject {
    return {
        name,
        address: { socket_address: { address, port_value: port } },
        per_connection_buffer_limit_bytes: 32_768,
        filter_chains: [
            {
                name,
                ...(tls === undefined
                    ? {}
                    : {
                          transport_socket: tls,
                          transport_socket_connect_timeout: seconds(timing.handshakeSeconds),
                      }),
                filters: [filter],
            },
        ],
    };
}
