import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoreUser } from "./deployedStore";
import { GroupProcess } from "../GroupProcess";
import { storeCertificate } from "./storeCertificate";

export interface StoreArgs {
    readonly binary: string;
    readonly host: string;
    readonly users: readonly StoreUser[];
}

/** Where a limiter reaches a store, and by what it knows it. */
export interface StoreAddress {
    readonly address: string;
    readonly certificateFile: string;
}

const port = 6379;
const busPort = 16379;
const nodeId = "7".repeat(40);
const isReady = "Cluster state changed: ok";

/**
 * A Valkey that is what ElastiCache Serverless is to its client: a cluster (of one node, which has every slot), over TLS only, with the
 * deployed users and nobody else. It keeps nothing: a restart forgets every count.
 */
export class StoreProcess {
    #process: GroupProcess | undefined;

    private constructor(
        private readonly args: StoreArgs,
        private readonly folder: string,
    ) {}

    static async start(args: StoreArgs): Promise<StoreProcess> {
        const folder = await mkdtemp(join(tmpdir(), "lab-store-"));
        const store = new StoreProcess(args, folder);
        const { certificate, privateKey } = await storeCertificate(args.host);
        await writeFile(join(folder, "certificate.pem"), certificate);
        await writeFile(join(folder, "key.pem"), privateKey, { mode: 0o600 });
        await writeFile(join(folder, "store.conf"), store.#configuration(), { mode: 0o600 });
        try {
            await store.restart();
        } catch (error) {
            await store.remove();
            throw error;
        }
        return store;
    }

    get at(): StoreAddress {
        return {
            address: `${this.args.host}:${port}`,
            certificateFile: join(this.folder, "certificate.pem"),
        };
    }

    /** Starts it after `kill`, empty. */
    async restart(): Promise<void> {
        await writeFile(join(this.folder, "nodes.conf"), this.#nodes());
        this.#process = await GroupProcess.start(
            {
                name: "the store",
                command: this.args.binary,
                args: [join(this.folder, "store.conf")],
                environment: {},
            },
            (output) => Promise.resolve(output.includes(isReady)),
        );
    }

    async kill(): Promise<void> {
        await this.#process?.stop();
    }

    /** Ends it, and removes its files. */
    async remove(): Promise<void> {
        await this.kill();
        await rm(this.folder, { recursive: true, force: true });
    }

    #configuration(): string {
        const { host, users } = this.args;
        return [
            `bind ${host}`,
            "port 0",
            `tls-port ${port}`,
            `tls-cert-file ${join(this.folder, "certificate.pem")}`,
            `tls-key-file ${join(this.folder, "key.pem")}`,
            `tls-ca-cert-file ${join(this.folder, "certificate.pem")}`,
            "tls-auth-clients no",
            "tls-cluster yes",
            "cluster-enabled yes",
            "cluster-config-file nodes.conf",
            `dir ${this.folder}`,
            'save ""',
            "user default off",
            ...users.map(
                ({ userName, accessString, passwords }) =>
                    `user ${userName} ${accessString} ${passwords.map((password) => `>${password}`).join(" ")}`,
            ),
            "",
        ].join("\n");
    }

    /** What a node remembers of its cluster. Source: Valkey, "CLUSTER NODES". */
    #nodes(): string {
        const self = `${nodeId} ${this.args.host}:${port}@${busPort} myself,master - 0 0 1 connected 0-16383`;
        return `${self}\nvars currentEpoch 1 lastVoteEpoch 0\n`;
    }
}
