import { expect } from "chai";
import { describeTrust, unsafeChange } from "../../../components/mesh/trust";
import { resolveAuthorities, type AuthorityArgs } from "../../../components/model/authority";

const [one, two] = [{ generation: 1 }, { generation: 2 }];
const rotation = (stage: "prepare" | "switch" | "retire"): AuthorityArgs => ({ from: one, to: two, stage });

function change(before: AuthorityArgs, after: AuthorityArgs): string | undefined {
    return unsafeChange(describeTrust(resolveAuthorities(before)), describeTrust(resolveAuthorities(after)));
}

const steps = "rotate in three deploys, each rolled out before the next: prepare, switch, retire.";

describe("A change of the trusted authorities", () => {
    it("is safe step by step, and back again", () => {
        const steady = [one, rotation("prepare"), rotation("switch"), rotation("retire")] as const;
        for (const [index, stage] of steady.entries()) {
            const next = steady[index + 1] ?? two;
            expect(change(stage, next), `forward from step ${index}`).to.equal(undefined);
            expect(change(next, stage), `back to step ${index}`).to.equal(undefined);
        }
    });

    it("is refused where running members would not know the new signer", () => {
        const reason = `own-2 would sign, but running members trust own-1 only; ${steps}`;
        expect(change(one, rotation("switch"))).to.equal(reason);
        expect(change(one, two)).to.equal(reason);
    });

    it("is refused where running members' certificates would be trusted no more", () => {
        expect(change(rotation("prepare"), two)).to.equal(
            `own-1 would be trusted no more, but running members show its certificates; ${steps}`,
        );
    });

    it("is not judged where the parameter was made by something else", () => {
        expect(unsafeChange("Certificates that members trust", "anything")).to.equal(undefined);
        expect(unsafeChange(undefined, describeTrust(resolveAuthorities(one)))).to.equal(undefined);
    });
});
