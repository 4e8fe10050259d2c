import { expect } from "chai";
import { meshMtls } from "../../../policies/rules/meshMtls";
import { edited } from "../support/edit";
import { bootstraps, ecsService, memberServices, sidecar } from "../support/shop";
import { findings } from "../support/table";

const rule = meshMtls();

describe("The task definition of an ECS service", () => {
    it("refuses a service that runs a task definition from elsewhere", async () => {
        const [task, service] = ecsService("order-service", [sidecar(bootstraps.order())]);
        const foreign = {
            ...service!,
            props: { ...service!.props, taskDefinition: "shop-order-service:1" },
            from: {},
        };
        expect(await findings(rule, [task!, foreign])).to.deep.equal([
            'taskDefinition: found none ("shop-order-service:1"); required an output of exactly one aws:ecs/taskDefinition:TaskDefinition of this program',
        ]);
    });

    it("refuses a combined output that names two task definitions", async () => {
        const [task, service] = ecsService("order-service", [sidecar(bootstraps.order())]);
        const [otherTask] = ecsService("payment-service", []);
        const forged = {
            ...service!,
            from: { taskDefinition: ["order-service-task", "payment-service-task"] },
        };
        const [finding, ...others] = await findings(rule, [task!, otherTask!, forged]);
        expect(others).to.deep.equal([]);
        expect(finding).to.match(/^taskDefinition: found "order-service-task", "payment-service-task"/);
    });

    it("refuses on the deploy a task definition that is not the one it was made from", async () => {
        const [task, service] = ecsService("order-service", [sidecar(bootstraps.order())]);
        const deployed = edited(
            task!,
            ["props", "arn"],
            "arn:aws:ecs:eu-central-1:1:task-definition/shop-order-service:4",
        );
        const forged = edited(
            service!,
            ["props", "taskDefinition"],
            "arn:aws:ecs:eu-central-1:1:task-definition/other:1",
        );
        expect(await findings(rule, [deployed, forged])).to.deep.equal([
            'taskDefinition: found "arn:aws:ecs:eu-central-1:1:task-definition/other:1"; required the value of aws:ecs/taskDefinition:TaskDefinition "order-service-task", from which it claims to be made',
        ]);
    });

    it("accepts the deployed values as it accepted the preview's", async () => {
        const deployed = memberServices().map((resource) => {
            const family = resource.name.replace(/-task$/, "");
            const arn = `arn:aws:ecs:eu-central-1:1:task-definition/shop-${family}:1`;
            return resource.type.endsWith("Service")
                ? edited(resource, ["props", "taskDefinition"], arn)
                : edited(resource, ["props", "arn"], arn);
        });
        expect(await findings(rule, deployed)).to.deep.equal([]);
    });
});
