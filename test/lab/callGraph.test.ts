import { expect } from "chai";
import type { StackExport } from "../../local/lab/deployedProxies";
import { gatewayIdentity, memberIdentity } from "../../local/lab/identities";
import type { MeshLab } from "../../local/lab/MeshLab";
import { apis, serviceNames, services, type ServiceName } from "../../stacks/catalogue";
import { deployedStack, startLab, stopLab } from "./support/deployed";
import { Edge, refusal } from "./support/traffic";

const graph: Readonly<
    Record<ServiceName, { readonly localPort: number; readonly calls?: readonly ServiceName[] }>
> = services;
const callsOf = (caller: ServiceName): readonly ServiceName[] => graph[caller].calls ?? [];
const entered = new Set<string>(Object.values(apis).map(({ service }) => service));

describe("The deployed call graph, on all of the mesh's proxies", () => {
    let lab: MeshLab;
    let stack: StackExport;

    before(async function () {
        stack = await deployedStack();
        lab = await startLab(this, [...serviceNames, "ingress"], { network: 1 });
        for (const caller of serviceNames) {
            await Promise.all(callsOf(caller).map((callee) => new Edge(lab, caller, callee).knows(1)));
        }
        await Promise.all(
            [...entered].map((service) => new Edge(lab, "ingress", service as ServiceName).knows(1)),
        );
    });

    after(async () => {
        await stopLab(lab);
    });

    for (const caller of serviceNames) {
        for (const callee of callsOf(caller)) {
            it(`carries ${caller}'s call to ${callee}`, async () => {
                const path = `/from/${caller}`;
                expect(await new Edge(lab, caller, callee).ask({ path })).to.equal(200);
                const seen = lab.stub(callee).seen.find((request) => request.path === path);
                expect(seen?.headers["x-forwarded-client-cert"]).to.match(
                    new RegExp(`;URI=spiffe://shop\\.internal/${caller}$`),
                );
            });
        }
    }

    for (const callee of serviceNames) {
        const strangers = serviceNames.filter((name) => !callsOf(name).includes(callee));
        it(`refuses at ${callee} each of the ${strangers.length} members that the graph does not let in`, async () => {
            const answers = await Promise.all(
                [...strangers, ...(entered.has(callee) ? [] : ["ingress"])].map(async (stranger) => {
                    const path = `/stranger/${stranger}`;
                    const { status, body } = await lab.dial(callee, memberIdentity(lab.proxy(stranger)), {
                        path,
                    });
                    return { stranger, status, body };
                }),
            );
            for (const { stranger, ...answer } of answers) {
                expect(answer.status, stranger).to.equal(403);
                expect(JSON.parse(answer.body), stranger).to.deep.include({
                    status: 403,
                    caller: `spiffe://shop.internal/${stranger}`,
                    callee,
                });
            }
            expect(lab.stub(callee).seen.filter(({ path }) => path.startsWith("/stranger/"))).to.be.empty;
        });
    }

    it("carries each API's requests from API Gateway's certificate to the service behind it", async () => {
        const gateway = gatewayIdentity(stack);
        for (const [api, { service }] of Object.entries(apis)) {
            const request = { path: `/v1/${api}/v1/some`, headers: { "x-user-id": "ada" } };
            expect((await lab.dial("ingress", gateway, request)).status, api).to.equal(200);
            expect(lab.stub(service).seen.at(-1)?.path).to.equal(`/${api}/v1/some`);
        }
    });

    it("shuts the ingress to every member of the mesh", async () => {
        for (const name of serviceNames) {
            const attempt = lab.dial("ingress", memberIdentity(lab.proxy(name)), {});
            expect(await refusal(attempt), name).to.contain("alert unknown ca");
        }
    });
});
