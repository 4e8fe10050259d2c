import { breakersOf } from "./breakers";
import { help, parseCommand } from "./commands";
import type { DeployedEdge } from "./edges";
import type { MeshLab } from "./MeshLab";
import { Traffic } from "./Traffic";
import type { EdgeRow, ServiceRow, Snapshot } from "./view";

/** A running lab that takes commands and can be looked at. */
export class LiveLab {
    readonly #words = new Map<string, string>();
    readonly #traffic: Traffic;
    readonly #services: readonly string[];
    #message = help;

    constructor(
        private readonly lab: MeshLab,
        private readonly edges: readonly DeployedEdge[],
        perSecond: number,
    ) {
        this.#services = lab.all.filter(({ stubs }) => stubs.length > 0).map(({ member }) => member);
        this.#traffic = new Traffic(lab, edges);
        this.#traffic.setRate(perSecond);
    }

    /** Carries a typed line out; says whether it asked for the end. */
    async obey(line: string): Promise<"go on" | "quit"> {
        const command = parseCommand(line, this.#services);
        switch (command.name) {
            case "reply":
                for (const { stub } of this.lab.instances(command.service)) {
                    stub.reply = command.reply;
                }
                this.#words.set(command.service, command.words);
                this.#message = `${command.service} ${command.words}`;
                return "go on";
            case "call":
                this.#message = await this.#call(command.caller, command.callee, command.method);
                return "go on";
            case "rate":
                this.#traffic.setRate(command.perSecond);
                this.#message = `${command.perSecond} requests a second along each edge`;
                return "go on";
            case "mistake":
                this.#message = command.message;
                return "go on";
            case "quit":
                return "quit";
        }
    }

    async snapshot(): Promise<Snapshot> {
        const edges = await Promise.all(this.#services.map((caller) => this.#edgesOf(caller)));
        return {
            services: this.#services.map((service) => this.#row(service)),
            edges: edges.flat(),
            message: this.#message,
        };
    }

    async stop(): Promise<void> {
        this.#traffic.stop();
        await this.lab.stop();
    }

    #row(service: string): ServiceRow {
        const instances = this.lab.instances(service);
        return {
            service,
            address: instances.map(({ address }) => address).join(" "),
            words: this.#words.get(service) ?? "answers",
            requests: instances.reduce((sum, { stub }) => sum + stub.seen.length, 0),
        };
    }

    async #edgesOf(caller: string): Promise<readonly EdgeRow[]> {
        const breakers = await breakersOf(this.lab.envoy(caller)).catch(() => []);
        return [...this.#traffic.counts]
            .filter(([edge]) => edge.caller === caller)
            .map(([edge, counts]) => ({
                ...edge,
                ...counts,
                breakers: breakers.filter(({ callee }) => edge.clusters.includes(callee)),
            }));
    }

    async #call(caller: string, callee: string, method: string): Promise<string> {
        const edge = this.edges.find((known) => known.caller === caller && known.callee === callee);
        if (edge === undefined) {
            return `${caller} has no way to ${callee}: the call graph does not declare it`;
        }
        return `${method} from ${caller} to ${callee}: ${await this.#traffic.send(edge, method)}`;
    }
}
