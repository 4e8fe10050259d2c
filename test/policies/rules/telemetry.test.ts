import { expect } from "chai";
import { baseContainers } from "../../../policies/rules/baseContainers";
import { baseIam } from "../../../policies/rules/baseIam";
import { meshMtls } from "../../../policies/rules/meshMtls";
import { edited } from "../support/edit";
import { application, bootstraps, collector, ecsService, orderService, sidecar } from "../support/shop";
import { findings } from "../support/table";

/** A collector is a container like any other, and what it is told must not leave the task. */
describe("A collector beside the proxy", () => {
    const telemetry = [
        "static_resources",
        "clusters",
        "telemetry",
        "load_assignment",
        "endpoints",
        0,
    ] as const;
    const address = [...telemetry, "lb_endpoints", 0, "endpoint", "address", "socket_address", "address"];

    it("is accepted where it is generated: on loopback, and hardened", async () => {
        const containers = [application(), sidecar(bootstraps.order()), collector("order-service")];
        const service = ecsService("order-service", containers);
        expect(await findings(meshMtls(), orderService(bootstraps.order()))).to.deep.equal([]);
        expect(await findings(baseContainers(), service)).to.deep.equal([]);
    });

    it("is not told anything over the network in plain text", async () => {
        const elsewhere = edited(bootstraps.order(), address, "10.20.0.7");
        const found = await findings(meshMtls(), orderService(elsewhere));
        expect(found).to.have.length(1);
        expect(found[0]).to.contain("found plain text; required mutual TLS");
    });

    it("is no way to run as root, or to write to its file system", async () => {
        for (const change of [{ user: "0" }, { readonlyRootFilesystem: false }, { privileged: true }]) {
            const taken = { ...collector("order-service"), ...change };
            const service = ecsService("order-service", [application(), sidecar(bootstraps.order()), taken]);
            expect(await findings(baseContainers(), service), JSON.stringify(change)).to.have.length(1);
        }
    });

    it("may send traces to one region; without that condition it is a wildcard like any other", async () => {
        const policy = (condition: object): Parameters<typeof findings>[1] => [
            {
                type: "aws:iam/rolePolicy:RolePolicy",
                name: "policy",
                props: {
                    policy: JSON.stringify({
                        Statement: [
                            {
                                Effect: "Allow",
                                Action: ["xray:PutTraceSegments"],
                                Resource: "*",
                                ...condition,
                            },
                        ],
                    }),
                },
            },
        ];
        const region = { Condition: { StringEquals: { "aws:RequestedRegion": "eu-central-1" } } };
        expect(await findings(baseIam(), policy(region))).to.deep.equal([]);
        expect(await findings(baseIam(), policy({}))).to.have.length(1);
    });
});
