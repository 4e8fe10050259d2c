import { Issues, wantOneOf, type Issue } from "./issues";

/** The phases of ADR-003's "Migration Strategy"; with the last one the migration is over. */
export const phaseNumbers = [1, 2, 3] as const;
export type PhaseNumber = (typeof phaseNumbers)[number];

/** How far a stack is between a gateway alone and a gateway in front of a mesh. */
export interface Migration {
    /** 1: the gateway reaches services. 2: services reach each other through the mesh. 3: so does the gateway. */
    readonly phase: PhaseNumber;
    /** In phase 2 only: proxies run and serve, but services call each other as before, while proxies join or leave. @default false */
    readonly plainCalls?: boolean;
    /** Port on which every application listens: where it is called in plain text. */
    readonly applicationPort: number;
}

/** What a phase comes to, so that nobody else compares numbers. */
export interface Phase {
    readonly number: PhaseNumber;
    /** Whether every task has a proxy, and the ingress runs. */
    readonly proxies: boolean;
    /** How services call each other. */
    readonly calls: "plain text" | "mesh";
    /** Where API Gateway's requests enter the VPC. */
    readonly entrance: "services" | "ingress";
}

/** The end of the migration. */
export const lastPhase: Phase = phaseOf(3, false);

export function resolvePhase(migration?: Pick<Migration, "phase" | "plainCalls">): Phase {
    return migration === undefined ? lastPhase : phaseOf(migration.phase, migration.plainCalls ?? false);
}

function phaseOf(number: PhaseNumber, plainCalls: boolean): Phase {
    return {
        number,
        proxies: number > 1,
        calls: number === 1 || plainCalls ? "plain text" : "mesh",
        entrance: number < 3 ? "services" : "ingress",
    };
}

export function checkMigration({ phase, plainCalls = false }: Migration): readonly Issue[] {
    const issues = new Issues();
    issues.require(phaseNumbers.includes(phase), "phase", phase, wantOneOf(phaseNumbers.map(String)));
    issues.require(
        !plainCalls || phase === 2,
        "plainCalls",
        plainCalls,
        "false: calls are in plain text in phase 1 anyway, and in phase 3 never; the setting is phase 2's",
    );
    return issues.all;
}

const numbered = /, phase ([12]) of 3(, plain calls)?$/;

/** The end of a text that keeps the phase between deploys; nothing for the last one. */
export function describePhase({ calls, number }: Phase): string {
    if (number === lastPhase.number) {
        return "";
    }
    return `, phase ${number} of ${lastPhase.number}${number === 2 && calls === "plain text" ? ", plain calls" : ""}`;
}

function readPhase(description: string): Phase {
    const [, number, plain] = numbered.exec(description) ?? [];
    return number === undefined ? lastPhase : phaseOf(number === "1" ? 1 : 2, plain !== undefined);
}

/**
 * Why one deploy must not follow another. While it rolls out, tasks of before and after talk to each other: whoever calls through
 * a proxy needs one on the other side, so proxies come and go while nobody calls through them.
 */
export function unsafeStep(before: unknown, after: unknown): string | undefined {
    if (typeof before !== "string" || typeof after !== "string") {
        return undefined;
    }
    const [old, next] = [readPhase(before), readPhase(after)];
    const through = [old, next].some(({ calls }) => calls === "mesh");
    if (old.proxies === next.proxies || !through) {
        return undefined;
    }
    const moment = next.proxies ? "before their callees have one" : "after their callees have lost theirs";
    return (
        `from phase ${old.number} straight to phase ${next.number}, services would call through proxies ${moment}; ` +
        `deploy phase 2 with plainCalls in between (docs/migration.md).`
    );
}
