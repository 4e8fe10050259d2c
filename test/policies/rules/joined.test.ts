import { expect } from "chai";
import { sidecarSpec } from "../../../components/mesh/envoy/fromMesh";
import { sidecarBootstrap } from "../../../components/mesh/envoy/sidecar";
import { declaredGraph } from "../../../components/mesh/declaredGraph";
import { fingerprint } from "../../../components/anchors";
import { meshAnchors } from "../../../components/mesh/handOver";
import { contractsOf } from "../../../components/model/mesh";
import { resolveMesh } from "../../../components/model/resolveMesh";
import type { Rule } from "../../../policies/rule";
import { baseStackReferences } from "../../../policies/rules/baseStackReferences";
import { meshAuthorization } from "../../../policies/rules/meshAuthorization";
import { meshDiscovery } from "../../../policies/rules/meshDiscovery";
import { meshMtls } from "../../../policies/rules/meshMtls";
import { meshTraffic } from "../../../policies/rules/meshTraffic";
import { application, ecsService, sidecar } from "../support/shop";
import type { TestResource } from "../support/stack";
import { findings } from "../support/table";

const owner = resolveMesh({
    trustDomain: "shop.internal",
    services: {
        user: {
            localPort: 9001,
            versions: { stable: { weight: 90 }, canary: { weight: 10 } },
            foreignCallers: { loyalty: {} },
        },
        tax: { localPort: 9002 },
    },
}).mesh;
const own = resolveMesh({
    trustDomain: "shop.internal",
    services: { loyalty: { localPort: 9003, calls: ["user"], foreignCallers: { ingress: {} } } },
    foreign: contractsOf(owner),
}).mesh;
const trustParameter = "/shop/mesh/trust/certificates";
const anchors = meshAnchors({ trustDomain: "shop.internal", trustParameter }, "shop", "ns-1", "sg-1");
const platform = "organization/platform/dev";
const entry = { stack: platform, fingerprints: [fingerprint(anchors)], members: ["loyalty"] };

/** What the owner of `user` says, as the program registered it. */
const contracts = {
    [platform]: {
        user: { callers: ["loyalty"], deployments: ["user", "user-canary"] },
        tax: { callers: [], deployments: ["tax"] },
    },
};

function program(registered: object = {}, namespaceId = "ns-1"): TestResource[] {
    const bootstrap = sidecarBootstrap(sidecarSpec(own, "loyalty", 8080, { memory: 160 }));
    return [
        {
            type: "shop:mesh:JoinedMesh",
            name: "mesh",
            props: { ...declaredGraph(own), contracts, stack: platform, anchors, ...registered },
        },
        ...ecsService("loyalty", [application(), sidecar(bootstrap)]),
        {
            type: "aws:servicediscovery/service:Service",
            name: "loyalty-elsewhere",
            props: {
                dnsConfig: {
                    namespaceId,
                    routingPolicy: "MULTIVALUE",
                    dnsRecords: [{ type: "A", ttl: 10 }],
                },
            },
        },
    ];
}

async function found(
    rule: Rule,
    resources: readonly TestResource[],
    configured: object = {},
): Promise<readonly string[]> {
    return findings({ ...rule, checks: (stack) => rule.checks(stack, configured) }, resources);
}

describe("A service in another stack's mesh, before the policies", () => {
    it("may call whom that stack lets it, in each of the callee's versions", async () => {
        for (const rule of [meshAuthorization(), meshMtls(), meshTraffic()]) {
            expect(await found(rule, program()), rule.id).to.deep.equal([]);
        }
    });

    it("may call nobody whose owner does not name it", async () => {
        const refused = {
            [platform]: { user: { callers: ["order"], deployments: ["user", "user-canary"] } },
        };
        const lines = await found(meshAuthorization(), program({ contracts: refused }));
        expect(lines).to.have.length(2);
        expect(lines[0]).to.match(
            /found user\.shop\.internal; required a call that the mesh declares for loyalty$/,
        );
        expect(await found(meshAuthorization(), program({ contracts: {} }))).to.have.length(2);
    });

    it("has no version of a service whose name is another's", async () => {
        const odd = { [platform]: { user: { callers: ["loyalty"], deployments: ["tax"] } } };
        expect(await found(meshMtls(), program({ contracts: odd }))).to.satisfy((lines: readonly string[]) =>
            lines.some((line) => line.endsWith("required a version whose name begins with its service's")),
        );
    });

    it("is found in that mesh's namespace, and in no third one", async () => {
        const third =
            'dnsConfig.namespaceId: found "ns-2"; required the id of exactly one private namespace of this program, or of the mesh that it joins';
        expect(await found(meshDiscovery(), program())).not.to.include(third.replace("ns-2", "ns-1"));
        expect(await found(meshDiscovery(), program({}, "ns-2"))).to.include(third);
    });

    it("is accepted where the configuration names the stack, what is fixed of it, and the member", async () => {
        const rule = baseStackReferences();
        const configured = (change: object): object => ({ stacks: [{ ...entry, ...change }] });
        expect(await found(rule, program(), configured({}))).to.deep.equal([]);
        expect(await found(rule, program(), configured({ members: [] }))).to.deep.equal([
            'name: found "loyalty"; required one of the listed members: there is none',
        ]);
        const forged = program({ anchors: { ...anchors, securityGroupId: "sg-2" } });
        const [line, ...others] = await found(rule, forged, configured({}));
        expect(others).to.deep.equal([]);
        expect(line).to.match(/^anchors: found [0-9a-f]{64}; required the fingerprint of organization/);
        const unused = await found(rule, program(), {
            stacks: [entry, { ...entry, stack: "organization/tax/dev" }],
        });
        expect(unused).to.deep.equal([
            'stacks "organization/tax/dev": found nothing that reads it; required its removal',
        ]);
    });
});
