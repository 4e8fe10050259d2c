import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEvents, type EngineEvent } from "../../tools/ci/events";
import type { EditedShop } from "../support/engine/editedShop";
import { LocalEngine } from "../support/engine/LocalEngine";
import { smallShop, smallShopPolicies } from "../support/engine/smallShop";

/** What clients, the gateway and callers hold on to: no step may delete or replace one. */
const kept = [
    "aws:apigateway/restApi:RestApi",
    "aws:apigateway/stage:Stage",
    "aws:apigateway/domainName:DomainName",
    "aws:apigatewayv2/apiMapping:ApiMapping",
    "aws:apigatewayv2/vpcLink:VpcLink",
    "aws:ecs/service:Service",
    "aws:servicediscovery/service:Service",
    "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:cognito/userPool:UserPool",
];
const deployment = "aws:apigateway/deployment:Deployment";
const plainPath = ["aws:lb/listener:Listener", "aws:lb/targetGroup:TargetGroup"];

type Moment = "begins" | "ends";

interface Operation {
    readonly moment: Moment;
    readonly op: string;
    readonly type: string;
    readonly name: string;
}

interface Step {
    readonly code: number | null;
    readonly output: string;
    readonly operations: readonly Operation[];
}

interface State {
    readonly phase: 1 | 2 | 3;
    readonly plainCalls?: boolean;
    readonly protect?: boolean;
}

function operationsOf(events: readonly EngineEvent[]): readonly Operation[] {
    const one = (
        moment: Moment,
        { op, type, urn }: { op: string; type: string; urn: string },
    ): Operation => ({
        moment,
        op,
        type,
        name: urn.split("::").at(-1) ?? "",
    });
    return events.flatMap(({ resourcePreEvent: before, resOutputsEvent: after }) => [
        ...(before === undefined ? [] : [one("begins", before.metadata)]),
        ...(after === undefined ? [] : [one("ends", after.metadata)]),
    ]);
}

/** Place of an operation in the order of events; fails where it did not happen. */
function at({ operations }: Step, moment: Moment, op: string, type: string, name: string): number {
    const found = operations.findIndex(
        (each) => each.moment === moment && each.op === op && each.type === type && each.name === name,
    );
    expect(found, `${moment}: ${op} ${type} ${name}`).to.be.at.least(0);
    return found;
}

const losses = ["delete", "replace", "create-replacement", "delete-replaced", "discard", "discard-replaced"];

function lost({ operations }: Step): readonly string[] {
    return operations
        .filter(({ op, type }) => losses.includes(op) && kept.includes(type))
        .map(({ op, type, name }) => `${op} ${type} ${name}`);
}

describe("The three phases of the migration, on the real engine", () => {
    let shop: EditedShop;
    let engine: LocalEngine;
    const logs = mkdtempSync(join(tmpdir(), "migration-"));
    const steps: Record<string, Step> = {};

    async function run(
        name: string,
        { phase, plainCalls = false, protect = false }: State,
        allowed: 1 | 2 | undefined,
        operation: "up" | "preview" = "up",
    ): Promise<Step> {
        shop.add("stacks/policy-config.json", smallShopPolicies(allowed));
        const log = join(logs, name);
        const { code, output } = await engine[operation]({
            args: [
                "--event-log",
                log,
                "--policy-pack",
                "policies",
                "--policy-pack-config",
                "stacks/policy-config.json",
            ],
            config: {
                "traffic:phase": String(phase),
                "traffic:plainCalls": String(plainCalls),
                "traffic:protect": String(protect),
            },
            environment: { PULUMI_DEBUG_COMMANDS: "true" },
        });
        return { code, output, operations: operationsOf(readEvents(log)) };
    }

    before(async () => {
        shop = smallShop();
        engine = await LocalEngine.create(shop.folder, "dev");
        const plan: readonly [string, State, 1 | 2 | undefined][] = [
            ["1", { phase: 1 }, 1],
            ["1 to joining", { phase: 2, plainCalls: true }, 1],
            ["joining to 2", { phase: 2 }, 2],
            ["2 to 3", { phase: 3 }, undefined],
            ["3 to 2", { phase: 2 }, 2],
        ];
        for (const [name, state, allowed] of plan) {
            const step = await run(name, state, allowed);
            expect(step.code, step.output).to.equal(0);
            steps[name] = step;
        }
    });

    after(() => {
        engine.remove();
        shop.remove();
        rmSync(logs, { recursive: true, force: true });
    });

    const moves = ["1 to joining", "joining to 2", "2 to 3", "3 to 2"];

    for (const move of moves) {
        it(`deletes and replaces nothing that others hold on to, from ${move}`, () => {
            expect(lost(steps[move]!)).to.deep.equal([]);
        });
    }

    it("changes neither bodies nor stages of the APIs before phase 3", () => {
        for (const move of ["1 to joining", "joining to 2"]) {
            const changed = steps[move]!.operations.filter(
                ({ op, type }) => op !== "same" && type.startsWith("aws:apigateway"),
            );
            expect(changed).to.deep.equal([]);
        }
    });

    for (const move of ["2 to 3", "3 to 2"]) {
        it(`deletes a deployment only after its stage has moved on, from ${move}`, () => {
            for (const version of ["users-v2", "orders-v2"]) {
                const step = steps[move]!;
                const moved = at(step, "ends", "update", "aws:apigateway/stage:Stage", `${version}-stage`);
                const gone = at(step, "begins", "delete-replaced", deployment, `${version}-deployment`);
                expect(gone).to.be.greaterThan(moved);
            }
        });
    }

    it("takes a service's plain entrance away only after the stages have moved to the ingress", () => {
        const step = steps["2 to 3"]!;
        for (const [version, service] of [
            ["users-v2", "user-service"],
            ["orders-v2", "order-service"],
        ] as const) {
            const moved = at(step, "ends", "update", "aws:apigateway/stage:Stage", `${version}-stage`);
            const detached = at(step, "begins", "update", "aws:ecs/service:Service", service);
            expect(detached).to.be.greaterThan(moved);
            for (const type of plainPath) {
                const gone = at(step, "begins", "delete", type, `plain-entrance-${service}`);
                expect(gone).to.be.greaterThan(
                    at(step, "ends", "update", "aws:ecs/service:Service", service),
                );
            }
        }
    });

    it("sends the stages back only after services have their plain entrance again", () => {
        const step = steps["3 to 2"]!;
        for (const [version, service] of [
            ["users-v2", "user-service"],
            ["orders-v2", "order-service"],
        ] as const) {
            const listener = at(step, "ends", "create", plainPath[0]!, `plain-entrance-${service}`);
            const attached = at(step, "ends", "update", "aws:ecs/service:Service", service);
            const moved = at(step, "begins", "update", "aws:apigateway/restApi:RestApi", version);
            expect(attached).to.be.greaterThan(listener);
            expect(moved).to.be.greaterThan(attached);
        }
    });

    it("closes applications to each other only after every service calls through the mesh", () => {
        const step = steps["joining to 2"]!;
        const closed = at(
            step,
            "begins",
            "delete",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            "plain-calls-members-in",
        );
        for (const service of ["user-service", "order-service", "notification-service"]) {
            expect(closed).to.be.greaterThan(at(step, "ends", "update", "aws:ecs/service:Service", service));
        }
    });

    it("prints what is still plain text, and which rule waits for which phase and why", () => {
        expect(steps["1"]!.output).to.contain("Phase 1 of 3: plain text inside the VPC");
        expect(steps["1"]!.output).to.contain(
            "mesh-mtls waits for phase 3: tasks have no proxies yet, and services call each other in plain text",
        );
        expect(steps["3 to 2"]!.output).to.contain(
            "rate-limit waits for phase 3: requests do not pass the ingress yet",
        );
        expect(steps["2 to 3"]!.output).not.to.match(/waits for phase|plain text/);
    });

    it("is refused in an earlier phase that nobody agreed to, with a word on the step itself, before anything changes", async () => {
        const { code, output } = await run("refused", { phase: 1 }, 2, "preview");
        expect(code).not.to.equal(0);
        expect(output).to.contain('required 3, or an entry of allowed for stack "dev" and phase 1');
        expect(output).to.contain(
            "Calls between services will fail while this rolls out: from phase 2 straight to phase 1, services would call through proxies after their callees have lost theirs",
        );
    });

    it("refuses a step in which services would call proxies that do not run, where the stack is protected", async () => {
        const { code, output } = await run("straight", { phase: 1, protect: true }, 1, "preview");
        expect(code).not.to.equal(0);
        expect(output).to.contain("phase: from phase 2 straight to phase 1");
    });
});
