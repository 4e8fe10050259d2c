import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import * as packet from "dns-packet";
import type { SocketAddress } from "./loopback";

/** Cloud Map's: an answer holds at most 8 of a name's addresses, chosen anew each time. */
const answerSize = 8;
/** Seconds. */
const ttl = 5;

/** A name server on loopback that answers as Cloud Map does. */
export class NameServer {
    readonly #addresses = new Map<string, Set<string>>();

    private constructor(
        private readonly socket: Socket,
        readonly at: SocketAddress,
    ) {
        this.socket.on("message", (message, sender) => {
            this.#answer(message, sender);
        });
    }

    static async start(at: SocketAddress): Promise<NameServer> {
        const socket = createSocket("udp4");
        socket.bind(at.port, at.host);
        await once(socket, "listening");
        return new NameServer(socket, at);
    }

    register(name: string, address: string): void {
        const known = this.#addresses.get(name) ?? new Set<string>();
        this.#addresses.set(name, known.add(address));
    }

    deregister(name: string, address: string): void {
        this.#addresses.get(name)?.delete(address);
    }

    async stop(): Promise<void> {
        const closed = once(this.socket, "close");
        this.socket.close();
        await closed;
    }

    #answer(message: Buffer, { address, port }: RemoteInfo): void {
        const { id, questions = [] } = packet.decode(message);
        const [question] = questions;
        const known = question === undefined ? undefined : this.#addresses.get(question.name.toLowerCase());
        const answers =
            question?.type === "A"
                ? someOf([...(known ?? [])]).map((data) => ({
                      type: "A" as const,
                      name: question.name,
                      ttl,
                      data,
                  }))
                : [];
        const reply = packet.encode({
            type: "response",
            ...(id === undefined ? {} : { id }),
            flags: packet.AUTHORITATIVE_ANSWER | (known === undefined ? nameError : 0),
            questions,
            answers,
        });
        this.socket.send(reply, port, address);
    }
}

/** NXDOMAIN. Source: RFC 1035, 4.1.1. */
const nameError = 3;

function someOf(addresses: string[]): readonly string[] {
    for (let last = addresses.length - 1; last > 0; last -= 1) {
        const other = Math.floor(Math.random() * (last + 1));
        [addresses[last], addresses[other]] = [addresses[other] ?? "", addresses[last] ?? ""];
    }
    return addresses.slice(0, answerSize);
}
