import { expect } from "chai";
import { checkFargateQuota, fargateVcpu } from "../../../components/model/fargateQuota";
import { describeIssue } from "../../../components/model/issues";
import { checkScaling, resolveScaling } from "../../../components/model/scaling";

describe("Scaling", () => {
    it("begins with the desired count, and holds 60 % CPU and 1500 requests a minute and task", () => {
        expect(resolveScaling({ maximum: 12 }, 3)).to.deep.equal({
            minimum: 3,
            maximum: 12,
            cpuPercent: 60,
            requestsPerMinute: 1500,
        });
    });

    it("ends at 30 tasks, and not below the desired count", () => {
        const issuesOf = (maximum: number): readonly string[] =>
            checkScaling({ maximum }, 3).map(describeIssue);
        expect(issuesOf(30)).to.deep.equal([]);
        expect(issuesOf(31)).to.deep.equal(["maximum is 31; use 3 (desiredCount) to 30 tasks"]);
        expect(issuesOf(2)).to.deep.equal(["maximum is 2; use 3 (desiredCount) to 30 tasks"]);
    });

    it("holds whole numbers only", () => {
        const args = { maximum: 4, cpuPercent: 95, requestsPerMinute: 0 };
        expect(checkScaling(args, 1).map(describeIssue)).to.deep.equal([
            "cpuPercent is 95; use 10 to 90 percent",
            "requestsPerMinute is 0; use at least 1 request a minute and task",
        ]);
    });
});

describe("The Fargate quota", () => {
    const demands = [
        { size: { cpu: 256 }, services: 8, tasks: 2 },
        { size: { cpu: 1024 }, services: 1, tasks: 3 },
    ];

    it("must hold every service at its largest, twice while all are deployed", () => {
        expect(fargateVcpu(demands)).to.equal(14);
        expect(checkFargateQuota(demands, 14, "quota")).to.deep.equal([]);
        const [issue] = checkFargateQuota(demands, 13, "quota");
        expect(issue?.path).to.equal("quota");
        expect(issue?.want).to.match(/^at least 14, once AWS has granted it: /);
    });
});
