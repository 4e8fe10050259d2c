import { expect } from "chai";
import { sidecarSpec } from "../../../components/mesh/envoy/fromMesh";
import { sidecarBootstrap } from "../../../components/mesh/envoy/sidecar";
import { resolveMesh } from "../../../components/model/resolveMesh";
import type { Bootstrap, DeployedProxy } from "../../../local/lab/deployedProxies";
import { deployedEdges } from "../../../local/lab/edges";

const { mesh } = resolveMesh({
    trustDomain: "shop.internal",
    services: {
        web: { localPort: 9001, calls: ["pay", "stock"] },
        stock: { localPort: 9002, protocol: "grpc" },
        pay: {
            localPort: 9003,
            versions: { stable: { weight: 90 }, canary: { weight: 10 }, shadow: { weight: 0 } },
            headerRoutes: [{ header: "x-tester", value: "on", version: "canary" }],
            mirrors: [{ version: "shadow", percent: 10 }],
        },
    },
});

function proxyOf(member: string): DeployedProxy {
    const bootstrap: unknown = sidecarBootstrap(sidecarSpec(mesh, member, 8080, { memory: 160 }));
    return {
        member,
        bootstrap: bootstrap as Bootstrap,
        environment: {},
        entryPoint: "",
        applicationPorts: [8080],
        applicationProtocol: "http1",
    };
}

describe("The lab's edges", () => {
    it("are the callers' listeners, with the protocol and every version that a route leads to", () => {
        const proxies = new Map(["web", "pay"].map((member) => [member, proxyOf(member)]));
        expect(deployedEdges(proxies)).to.deep.equal([
            {
                caller: "web",
                callee: "pay",
                localPort: 9003,
                protocol: "http1",
                clusters: ["pay-canary", "pay", "pay-shadow"],
            },
            { caller: "web", callee: "stock", localPort: 9002, protocol: "http2", clusters: ["stock"] },
        ]);
    });
});
