import { expect } from "chai";
import { rateLimit } from "../../../policies/rules/rateLimit";
import { edited, type Step } from "../support/edit";
import { shop } from "../support/shop";
import { unknownText, type TestResource } from "../support/stack";
import { findings } from "../support/table";

const rule = rateLimit();
const isPlan = ({ type }: TestResource): boolean => type.endsWith(":UsagePlan");
const orShared = "(or a shared plan, named in sharedPlans with a reason)";
const none = "usage plans: found none; required a usage plan whose apiStages holds the stage";

const withPlan = (path: readonly Step[], value: unknown): TestResource[] =>
    shop().map((resource) => (isPlan(resource) ? edited(resource, path, value) : resource));

const changes: readonly (readonly [string, readonly Step[], unknown, string])[] = [
    [
        "a higher rate",
        ["throttleSettings", "rateLimit"],
        17,
        `throttleSettings.rateLimit: found 17; required at most 16.667 a second ${orShared}`,
    ],
    [
        "no rate",
        ["throttleSettings", "rateLimit"],
        undefined,
        `throttleSettings.rateLimit: found nothing; required at most 16.667 a second ${orShared}`,
    ],
    [
        "a rate that is unknown",
        ["throttleSettings", "rateLimit"],
        unknownText,
        `throttleSettings.rateLimit: found a value that is unknown until it is deployed; required at most 16.667 a second ${orShared}`,
    ],
    [
        "a rate of 0, which AWS takes for none",
        ["throttleSettings", "rateLimit"],
        0,
        `throttleSettings.rateLimit: found 0; required at most 16.667 a second ${orShared}`,
    ],
    [
        "a higher burst",
        ["throttleSettings", "burstLimit"],
        101,
        `throttleSettings.burstLimit: found 101; required at most 100 at once ${orShared}`,
    ],
    [
        "a higher rate for one method",
        ["apiStages", 0, "throttles"],
        [{ path: "/orders/GET", rateLimit: 100, burstLimit: 10 }],
        `apiStages[0].throttles[0].rateLimit: found 100; required at most 16.667 a second ${orShared}`,
    ],
];

describe("A usage plan", () => {
    for (const [title, path, value, finding] of changes) {
        it(`must not have ${title}`, async () => {
            expect(await findings(rule, withPlan(["props", ...path], value))).to.deep.equal([
                `usage plan "consumer-acme" ${finding}`,
            ]);
        });
    }

    it("may be stricter", async () => {
        expect(
            await findings(rule, withPlan(["props", "throttleSettings"], { rateLimit: 1, burstLimit: 1 })),
        ).to.deep.equal([]);
    });

    it("must hold the stage", async () => {
        expect(
            await findings(
                rule,
                shop().filter((resource) => !isPlan(resource)),
            ),
        ).to.deep.equal([none]);
        const elsewhere = shop().map((resource) => (isPlan(resource) ? { ...resource, from: {} } : resource));
        expect(await findings(rule, elsewhere)).to.deep.equal([none]);
    });

    it("must have an entry for each stage that it was made from", async () => {
        const [finding, ...others] = await findings(rule, withPlan(["props", "apiStages"], []));
        expect(others).to.deep.equal([]);
        expect(finding).to.equal(
            "apiStages: found 0 entries made from 1 stages; required one entry for each stage whose stageName it is made from",
        );
    });

    it("must name the stage's API, once its id is known", async () => {
        const deployed = withPlan(["props", "apiStages", 0, "apiId"], "other").map((resource) =>
            resource.type.endsWith(":Stage") ? edited(resource, ["props", "restApi"], "orders-id") : resource,
        );
        expect(await findings(rule, deployed)).to.deep.equal([none]);
    });

    it("must have stages that are known", async () => {
        expect(await findings(rule, withPlan(["props", "apiStages"], unknownText))).to.deep.equal([
            "apiStages: found a value that is unknown until it is deployed; required a list that is known at preview",
        ]);
    });
});
