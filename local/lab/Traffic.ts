import { Agent } from "node:http";
import type { DeployedEdge } from "./edges";
import type { MeshLab } from "./MeshLab";

/** What became of the requests along one edge. */
export interface EdgeCounts {
    ok: number;
    failed: number;
    lastStatus: number | undefined;
}

/** Sends requests along every edge of the call graph, evenly, until it is stopped. */
export class Traffic {
    readonly counts: ReadonlyMap<DeployedEdge, EdgeCounts>;
    readonly #agent = new Agent({ keepAlive: true });
    #timer: NodeJS.Timeout | undefined;

    constructor(
        private readonly lab: MeshLab,
        edges: readonly DeployedEdge[],
    ) {
        this.counts = new Map(edges.map((edge) => [edge, { ok: 0, failed: 0, lastStatus: undefined }]));
    }

    /** Requests a second along each edge; 0 sends none. */
    setRate(perSecond: number): void {
        clearInterval(this.#timer);
        if (perSecond > 0) {
            this.#timer = setInterval(() => {
                for (const edge of this.counts.keys()) {
                    void this.send(edge, "GET");
                }
            }, 1000 / perSecond);
        }
    }

    /** One request; resolves with its status, 0 where the caller's own proxy gave no answer. */
    async send(edge: DeployedEdge, method: string): Promise<number> {
        const request = { method, path: `/from/${edge.caller}`, agent: this.#agent };
        const sent =
            edge.protocol === "http2"
                ? this.lab.callHttp2(edge.caller, edge.localPort, request)
                : this.lab.call(edge.caller, edge.localPort, request);
        const status = await sent.then(
            (answer) => answer.status,
            () => 0,
        );
        const counts = this.counts.get(edge);
        if (counts !== undefined) {
            counts.lastStatus = status;
            counts[status >= 200 && status < 500 ? "ok" : "failed"] += 1;
        }
        return status;
    }

    stop(): void {
        clearInterval(this.#timer);
        this.#agent.destroy();
    }
}
