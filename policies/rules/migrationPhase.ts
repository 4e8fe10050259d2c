import { settled } from "../configuration";
import { gather, type Finding } from "../finding";
import { meshType, registeredPhase, type Phase } from "../facts/phase";
import type { Resource } from "../facts/stack";
import { isOverdue, reviewedList, staleEntries, type Review } from "../review";
import { each, type Rule } from "../rule";

/** A stack that may be in an earlier phase, until its review. */
interface Allowed extends Review {
    readonly stack: string;
    readonly phase: number;
}

const settings = {
    allowed: reviewedList<Allowed>({
        stack: { type: "string", minLength: 1, description: "Name of the stack, such as dev." },
        phase: {
            type: "integer",
            minimum: 1,
            maximum: 2,
            description: "The phase it is in; while services call each other in plain text that is 1.",
        },
    }),
};

/** ADR-003, "Migration Strategy": rules wait for a phase, so nobody gets into an earlier one unseen. */
export function migrationPhase(): Rule {
    return {
        id: "migration-phase",
        title: "The last phase, or one that was agreed",
        description:
            "The migration to the mesh is complete, or the stack is in exactly the earlier phase that somebody answers for.",
        clause: "Migration Strategy",
        severity: "critical",
        controls: [],
        remediation:
            "set traffic:phase to 3, or list the stack and its phase under allowed, with reason, owner and reviewBy (docs/migration.md).",
        settings,
        checks: (stack, configured) => {
            const { allowed } = settled(settings, configured);
            return each(stack.ofType(meshType), (mesh) => {
                const phase = registeredPhase(mesh);
                const name = stackOf(mesh);
                return phase === undefined
                    ? [unknownPhase(mesh)]
                    : gather(
                          () =>
                              isAgreed(
                                  mesh,
                                  phase,
                                  allowed.filter(({ stack: of }) => of === name),
                              ),
                          () =>
                              staleEntries(
                                  "allowed",
                                  allowed,
                                  (entry) => entry.stack !== name || entry.phase === levelOf(phase),
                                  ({ stack: of, phase: number }) => `${of}, phase ${number}`,
                              ),
                      );
            });
        },
    };
}

/** Plain text between services is phase 1's, whatever runs beside them. */
function levelOf({ number, plainCalls }: Phase): number {
    return plainCalls ? 1 : number;
}

function isAgreed(mesh: Resource, phase: Phase, allowed: readonly Allowed[]): readonly Finding[] {
    const level = levelOf(phase);
    const isNamed = allowed.some((entry) => entry.phase === level && !isOverdue(entry));
    const plain = level === phase.number ? "" : ", with calls between services in plain text";
    return mesh.props
        .get("phase")
        .require(
            level === 3 || isNamed,
            `3, or an entry of allowed for stack "${stackOf(mesh)}" and phase ${level}`,
            `${phase.number}${plain}`,
        );
}

function unknownPhase({ props }: Resource): Finding {
    return props.get("phase").finding("1, 2 or 3, registered together with how services call each other");
}

/** `urn:pulumi:dev::traffic::…` → `dev` */
function stackOf({ urn }: Resource): string {
    return urn.split("::")[0]?.split(":").at(-1) ?? "";
}
