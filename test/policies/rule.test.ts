import { expect } from "chai";
import { asPolicy, type Rule } from "../../policies/rule";
import { meshMtls } from "../../policies/rules/meshMtls";
import { shop } from "./support/shop";
import { verdicts } from "./support/verdicts";

const failing = (checks: Rule["checks"]): Rule => ({ ...meshMtls(), id: "failing", checks });

describe("A rule that fails", () => {
    it("is a mandatory violation of what it was judging, and the others are judged", async () => {
        const rule = failing((stack) =>
            stack.ofType("aws:ecs/service:Service").map((service) => ({
                subject: service,
                judge: () => {
                    if (service.name === "order-service") {
                        throw new RangeError("out of luck");
                    }
                    return [{ at: "x", found: "y", required: "z" }];
                },
            })),
        );
        const found = await verdicts(shop(), [rule]);
        expect(
            found.map(({ resource, mandatory, findings }) => [resource, mandatory, ...findings]),
        ).to.deep.equal([
            [
                "order-service",
                true,
                "the rule: found failed with RangeError: out of luck; required a verdict",
            ],
            ["payment-service", true, "x: found y; required z"],
            ["ingress", true, "x: found y; required z"],
        ]);
    });

    it("is a mandatory violation of the stack when it fails before it knows what to judge", async () => {
        const rule = failing(() => {
            throw new RangeError("out of luck");
        });
        const found = await verdicts(shop(), [rule]);
        expect(
            found.map(({ resource, mandatory, findings }) => [resource, mandatory, ...findings]),
        ).to.deep.equal([
            ["", true, "the rule: found failed with RangeError: out of luck; required a verdict"],
        ]);
    });

    it("says for itself that it is mandatory", () => {
        expect(asPolicy(meshMtls()).enforcementLevel).to.equal("mandatory");
    });
});
