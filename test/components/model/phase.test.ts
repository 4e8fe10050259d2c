import { expect } from "chai";
import {
    checkMigration,
    describePhase,
    lastPhase,
    resolvePhase,
    unsafeStep,
    type Migration,
} from "../../../components/model/phase";

type State = Pick<Migration, "phase" | "plainCalls">;
const states = {
    first: { phase: 1 },
    joining: { phase: 2, plainCalls: true },
    second: { phase: 2 },
    third: { phase: 3 },
} as const satisfies Record<string, State>;
type Name = keyof typeof states;

const described = (name: Name): string =>
    `Services of traffic-dev${describePhase(resolvePhase(states[name]))}`;

describe("The migration's phases", () => {
    it("are complete where nobody speaks of a migration", () => {
        expect(resolvePhase()).to.equal(lastPhase);
        expect(resolvePhase({ phase: 3 })).to.deep.equal(lastPhase);
    });

    it("come to proxies, calls and an entrance each", () => {
        expect(Object.values(states).map((state) => resolvePhase(state))).to.deep.equal([
            { number: 1, proxies: false, calls: "plain text", entrance: "services" },
            { number: 2, proxies: true, calls: "plain text", entrance: "services" },
            { number: 2, proxies: true, calls: "mesh", entrance: "services" },
            { number: 3, proxies: true, calls: "mesh", entrance: "ingress" },
        ]);
    });

    it("are 1, 2 or 3, with plain calls in phase 2 only", () => {
        const check = (state: object): readonly string[] =>
            checkMigration({ applicationPort: 8080, ...state } as Migration).map(({ path }) => path);
        expect(check({ phase: 4 })).to.deep.equal(["phase"]);
        expect(check({ phase: 1, plainCalls: true })).to.deep.equal(["plainCalls"]);
        expect(check({ phase: 2, plainCalls: true })).to.deep.equal([]);
    });

    it("may follow each other wherever nobody calls a proxy that does not run", () => {
        const names = Object.keys(states) as Name[];
        const unsafe = names.flatMap((before) =>
            names
                .filter((after) => unsafeStep(described(before), described(after)) !== undefined)
                .map((after) => `${before} to ${after}`),
        );
        expect(unsafe).to.deep.equal([
            "first to second",
            "first to third",
            "second to first",
            "third to first",
        ]);
    });

    it("say what a step would break, and the way around", () => {
        expect(unsafeStep(described("first"), described("second"))).to.equal(
            "from phase 1 straight to phase 2, services would call through proxies before their callees have one; deploy phase 2 with plainCalls in between (docs/migration.md).",
        );
    });

    it("read a namespace from before there were phases as complete, and judge nothing that is no text", () => {
        expect(unsafeStep("Services of traffic-dev", described("first"))).to.be.a("string");
        expect(unsafeStep("Services of traffic-dev", described("third"))).to.equal(undefined);
        expect(unsafeStep(undefined, described("second"))).to.equal(undefined);
    });
});
