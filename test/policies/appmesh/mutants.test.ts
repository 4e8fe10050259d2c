import { expect } from "chai";
import { startHandlers } from "../../../tools/mutants/judge";
import { appMeshOperators } from "../../../tools/mutants/operators/appMesh";
import type { Operator } from "../../../tools/mutants/operator";
import { titleOf } from "../../../tools/mutants/run";
import { appMeshShop, excepting, forgetExceptions } from "./program";

const handlers = startHandlers(excepting());

/** Whether the rule refuses the first mutant for more than its program, although the mesh has its exceptions. */
async function outcome({ appliesTo, apply, rule }: Operator): Promise<string> {
    const program = await appMeshShop("preview");
    const target = program.find((each) => appliesTo(each, program));
    if (target === undefined) {
        return "applies to nothing";
    }
    const verdicts = await handlers(rule, apply(target, program));
    // Without a resource it would be an exception that has no use any more.
    return verdicts.some(({ isMandatory, resource }) => isMandatory && resource !== "")
        ? "refused"
        : "escaped";
}

describe("The dev stack on App Mesh, with its exceptions", () => {
    after(forgetExceptions);

    it("is refused with any one thing weakened, at the first preview", async () => {
        const problems: string[] = [];
        for (const operator of appMeshOperators) {
            const found = await outcome(operator);
            if (found !== "refused") {
                problems.push(`${titleOf(operator)}: ${found}`);
            }
        }
        expect(problems).to.deep.equal([]);
    });
});
