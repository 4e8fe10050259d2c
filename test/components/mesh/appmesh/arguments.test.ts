import { expect } from "chai";
import { MeshedService } from "../../../../components/mesh/MeshedService";
import type { Capability } from "../../../../components/model/capabilities";
import { named, record, refusal } from "../../../support/mocks";
import { cartImage, collectorImage, createMesh } from "../support";
import { givesUp, onAppMesh } from "./onAppMesh";

describe("A mesh for App Mesh", () => {
    it("names every argument that it cannot hold, all at once, before any child exists", async () => {
        const { message, resources } = await refusal((attempt) => {
            attempt(() =>
                createMesh({
                    dataPlane: "appmesh",
                    services: {
                        cart: { localPort: 9001, calls: ["stock"], loadBalancing: "LEAST_REQUEST" },
                        stock: {
                            localPort: 9002,
                            accepts: { cart: [{ methods: ["GET"] }] },
                            limits: { maxRequests: 5 },
                            versions: { stable: { weight: 100 }, shadow: { weight: 0 } },
                            mirrors: [{ version: "shadow", percent: 5 }],
                        },
                    },
                    telemetry: { image: collectorImage },
                }),
            );
        });
        const lines = message.split("\n").map((line) => line.replace(/^ {2}- /, ""));
        expect(lines).to.deep.equal([
            'ServiceMesh "mesh": 20 issues',
            'givesUp is []; use a list with "tls13", to do without: data plane "appmesh" lets its proxies agree on TLS 1.2 too, and takes no version',
            'services.stock.accepts is {"cart":[{"methods":["GET"]}]}; use another value, or "acceptedRequests" in givesUp: data plane "appmesh" knows callers by certificate only, not by what they ask for',
            'services.cart.propagatesIdentity is false; use another value, or "identityHeaders" in givesUp: data plane "appmesh" neither removes headers nor matches a caller\'s certificate: who may call is believed',
            'givesUp is []; use a list with "steeringHeaders", to do without: data plane "appmesh" has no field that removes headers of Envoy\'s own',
            'services.cart.loadBalancing is "LEAST_REQUEST"; use another value, or "leastRequest" in givesUp: data plane "appmesh" balances by round robin',
            'givesUp is []; use a list with "evenEjections", to do without: data plane "appmesh" keeps an instance out for longer each time, up to 300 s',
            'givesUp is []; use a list with "allInstancesOut", to do without: data plane "appmesh" sends requests to instances that are out when half of them are',
            'givesUp is []; use a list with "failurePercentage", to do without: data plane "appmesh" opens its breaker after failures in a row only',
            'givesUp is []; use a list with "idleHealthChecks", to do without: data plane "appmesh" takes no interval for callees without traffic',
            'services.stock.limits is {"maxConnections":1024,"maxPendingRequests":256,"maxRequests":5}; use another value, or "callerLimits" in givesUp: data plane "appmesh" bounds what reaches an application from all callers together',
            'givesUp is []; use a list with "retryBudget", to do without: data plane "appmesh" repeats without a budget',
            'services.stock.mirrors is [{"version":"shadow","percent":5}]; use another value, or "mirrors" in givesUp: data plane "appmesh" copies no requests',
            'givesUp is []; use a list with "logPaths", to do without: data plane "appmesh" ended with an Envoy that cannot write a path without its query string',
            'telemetry is "a collector"; use another value, or "telemetry" in givesUp: data plane "appmesh" sends neither OpenTelemetry traces nor its statistics',
            'givesUp is []; use a list with "calleeAtIngress", to do without: data plane "appmesh" has one list of names for all that its virtual gateway reaches',
            'givesUp is []; use a list with "userLimit", to do without: data plane "appmesh" counts no requests',
            'givesUp is []; use a list with "ingressGuards", to do without: data plane "appmesh" has no filters at its virtual gateway',
            'givesUp is []; use a list with "browserAnswers", to do without: data plane "appmesh" adds no headers to answers',
            'proxy.image is "123456789012.dkr.ecr.eu-central-1.amazonaws.com/envoy:v1.40.0"; use AWS\'s Envoy for App Mesh, such as "…/aws-appmesh-envoy:v1.29.12.1-prod", with data plane "appmesh"',
            'ingress[0].stages is missing; use the names of the API\'s stages: data plane "appmesh" has no pattern for them',
        ]);
        expect(resources.map(({ name }) => name)).to.deep.equal(["mesh"]);
    });

    it("refuses a limiter, which nobody would ask", async () => {
        const { message } = await refusal((attempt) => {
            attempt(() =>
                createMesh({ ...onAppMesh, userLimiter: true, givesUp: [...givesUp, "leastRequest"] }),
            );
        });
        expect(message).to.equal(
            'ServiceMesh "mesh": userLimiter is true; use false: the virtual gateway of data plane "appmesh" asks no limiter.',
        );
    });

    it("has no phases of the migration before the last", async () => {
        const { message } = await refusal((attempt) => {
            attempt(() => createMesh({ ...onAppMesh, migration: { phase: 2, applicationPort: 8080 } }));
        });
        expect(message).to.contain('migration.phase is 2; use 3: data plane "appmesh" intercepts the port');
    });

    it("refuses an application that the interception would not catch", async () => {
        const { message } = await refusal((attempt) => {
            const mesh = createMesh(onAppMesh);
            attempt(() => new MeshedService("cart", { mesh, image: cartImage, port: 9000, user: "1337" }));
        });
        expect(message).to.contain('port is 9000; use 8080: with data plane "appmesh" every application');
        expect(message).to.contain('user is "1337"; use another user and group than 1337');
    });

    it("tells the proxies, and registers, only what is left after what was given up", async () => {
        const services = {
            cart: { localPort: 9001, calls: ["stock"], loadBalancing: "LEAST_REQUEST" as const },
            stock: { localPort: 9002, accepts: { cart: [{ methods: ["GET" as const] }] } },
        };
        const more: readonly Capability[] = ["acceptedRequests", "identityHeaders", "leastRequest"];
        const resources = await record(() =>
            createMesh({ ...onAppMesh, services, givesUp: [...givesUp, ...more] }),
        );
        expect(named(resources, "mesh", "shop:mesh:ServiceMesh").outputs).to.deep.include({
            dataPlane: "appmesh",
            givesUp: [...givesUp, ...more],
            accepts: {},
        });
    });

    it("is not asked to give up what nobody asks for, nor is Envoy anything", async () => {
        const { message } = await refusal((attempt) => {
            attempt(() => createMesh({ ...onAppMesh, givesUp: [...givesUp, "mirrors"] }));
        });
        expect(message).to.contain('ServiceMesh "mesh": givesUp[12] is "mirrors"; use one of tls13,');
        const { message: ofEnvoy } = await refusal((attempt) => {
            attempt(() => createMesh({ givesUp: ["retryBudget"] }));
        });
        expect(ofEnvoy).to.equal(
            'ServiceMesh "mesh": givesUp[0] is "retryBudget"; use nothing here: data plane "envoy" holds everything that this mesh asks for.',
        );
    });

    it("refuses what makes a route's name longer than App Mesh takes", async () => {
        const value = "x".repeat(240);
        const { message } = await refusal((attempt) => {
            const services = {
                stock: {
                    localPort: 9002,
                    versions: { stable: { weight: 100 }, canary: { weight: 0 } },
                    headerRoutes: [{ header: "x-tester", value, version: "canary" }],
                },
            };
            const ingress = [{ api: "stock", service: "stock", stages: ["v1"] }];
            attempt(() => createMesh({ ...onAppMesh, services, ingress }));
        });
        expect(message).to.equal(
            `ServiceMesh "mesh": services.stock is "stock-get_if_x-tester_is_${value}"; use shorter paths of safeRepeats and values of headerRoutes: a route is named after them, in at most 255 characters with data plane "appmesh".`,
        );
    });
});
