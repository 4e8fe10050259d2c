import { expect } from "chai";
import { named, type RecordedResource } from "../support/mocks";
import { serviceNames } from "../../stacks/catalogue";
import { deploy, settingsOf } from "./deployShop";

type Resources = readonly RecordedResource[];
const service = "aws:ecs/service:Service";
const publicServices = [
    "order-service",
    "payment-service",
    "product-service",
    "search-service",
    "user-service",
];

function containersOf(resources: Resources, name: string): readonly string[] {
    const { containerDefinitions } = named(resources, name, "aws:ecs/taskDefinition:TaskDefinition").inputs;
    return (JSON.parse(String(containerDefinitions)) as { name: string }[]).map((each) => each.name);
}

function addressOf(resources: Resources, caller: string, variable: string): string | undefined {
    const { containerDefinitions } = named(resources, caller, "aws:ecs/taskDefinition:TaskDefinition").inputs;
    const containers = JSON.parse(String(containerDefinitions)) as {
        name: string;
        environment: { name: string; value: string }[];
    }[];
    const application = containers.find(({ name }) => name === "application");
    return application?.environment.find(({ name }) => name === variable)?.value;
}

/** Origins of every integration of an API's version. */
function origins(resources: Resources, restApi: string): readonly string[] {
    const body = String(named(resources, restApi, "aws:apigateway/restApi:RestApi").inputs.body);
    return [...new Set([...body.matchAll(/"uri":"(\w+:\/\/[^/]+)\//g)].map(([, origin = ""]) => origin))];
}

function ports(resources: Resources, type: string): readonly string[] {
    return resources
        .filter((each) => each.type.endsWith(`:${type}`) && each.inputs.fromPort === 8080)
        .map(({ name }) => name)
        .sort();
}

function behindLoadBalancer(resources: Resources): readonly string[] {
    return resources
        .filter(({ type, inputs }) => type === service && inputs.loadBalancers !== undefined)
        .map(({ name }) => name)
        .sort();
}

function listeners(resources: Resources): readonly number[] {
    return resources
        .filter(({ type }) => type === "aws:lb/listener:Listener")
        .map(({ inputs }) => Number(inputs.port))
        .sort((a, b) => a - b);
}

describe("The shop in phase 1", () => {
    let resources: Resources;
    before(async () => {
        resources = await deploy(settingsOf("dev", { phase: 1 }));
    });

    it("runs applications alone, without certificates", () => {
        const names = resources.filter(({ type }) => type === service).map(({ name }) => name);
        expect(names.sort()).to.deep.equal([...serviceNames].sort());
        for (const name of serviceNames) {
            expect(containersOf(resources, name)).to.deep.equal(["application"]);
        }
        expect(resources.filter(({ type }) => type.includes("LocallySignedCert"))).to.deep.equal([]);
    });

    it("lets services find each other by the names that they have in the mesh", () => {
        expect(addressOf(resources, "order-service", "PAYMENT_SERVICE_URL")).to.equal(
            "http://payment-service.shop.internal:8080",
        );
        expect(named(resources, "payment-service", service).inputs.serviceRegistries).not.to.equal(undefined);
    });

    it("sends both versions of an API through the load balancer to its service's application", () => {
        for (const version of ["orders-v1", "orders-v2"]) {
            expect(origins(resources, version)).to.deep.equal(["http://order-service.shop.internal:9103"]);
        }
        expect(listeners(resources)).to.deep.equal([9101, 9102, 9103, 9104, 9108]);
        expect(behindLoadBalancer(resources)).to.deep.equal(publicServices);
        const { loadBalancers } = named(resources, "order-service", service).inputs;
        expect(loadBalancers).to.deep.equal([
            {
                targetGroupArn: "arn:aws:mock:::plain-entrance-order-service",
                containerName: "application",
                containerPort: 8080,
            },
        ]);
    });

    it("opens applications to the load balancer and to each other, and no port of proxies that do not run", () => {
        expect(ports(resources, "SecurityGroupIngressRule")).to.deep.equal([
            "plain-calls-members-in",
            "plain-entrance-applications-in",
        ]);
        expect(resources.filter(({ inputs }) => inputs.fromPort === 15443)).to.deep.equal([]);
    });

    it("sends an API's requests only when the service has its entrance", () => {
        const restApi = named(resources, "orders-v2", "aws:apigateway/restApi:RestApi");
        expect(restApi.dependsOn).to.include.members(["order-service", "plain-entrance-order-service"]);
    });
});

describe("The shop in phase 2", () => {
    it("runs a proxy in every task, and the ingress, while plain calls still go by name", async () => {
        const resources = await deploy(settingsOf("dev", { phase: 2, plainCalls: true }));
        for (const name of serviceNames) {
            expect(containersOf(resources, name)).to.deep.equal(["application", "envoy", "collector"]);
        }
        expect(addressOf(resources, "order-service", "PAYMENT_SERVICE_URL")).to.equal(
            "http://payment-service.shop.internal:8080",
        );
        expect(behindLoadBalancer(resources)).to.deep.equal(["ingress", ...publicServices]);
        expect(ports(resources, "SecurityGroupIngressRule")).to.include("plain-calls-members-in");
    });

    it("calls through the mesh, and leaves the gateway's way as it was", async () => {
        const resources = await deploy(settingsOf("dev", { phase: 2 }));
        expect(addressOf(resources, "order-service", "PAYMENT_SERVICE_URL")).to.equal(
            "http://127.0.0.1:9104",
        );
        expect(origins(resources, "orders-v2")).to.deep.equal(["http://order-service.shop.internal:9103"]);
        expect(listeners(resources)).to.deep.equal([443, 9101, 9102, 9103, 9104, 9108]);
        expect(ports(resources, "SecurityGroupIngressRule")).to.deep.equal([
            "plain-entrance-applications-in",
        ]);
    });
});

describe("The shop in phase 3", () => {
    let resources: Resources;
    before(async () => {
        resources = await deploy(settingsOf("dev"));
    });

    it("enters through the ingress alone, which opens no application", () => {
        expect(origins(resources, "orders-v2")).to.deep.equal(["https://ingress.shop.internal"]);
        expect(listeners(resources)).to.deep.equal([443]);
        expect(behindLoadBalancer(resources)).to.deep.equal(["ingress"]);
        expect(resources.filter(({ inputs }) => inputs.fromPort === 8080)).to.deep.equal([]);
    });

    it("lets a service give up its plain entrance after its APIs' stages, and the APIs move after the ingress runs", () => {
        expect(named(resources, "order-service", service).dependsOn).to.include.members([
            "orders-v1-stage",
            "orders-v2-stage",
        ]);
        const restApi = named(resources, "orders-v2", "aws:apigateway/restApi:RestApi");
        expect(restApi.dependsOn).to.include("ingress");
    });
});

describe("What the phases share", () => {
    it("has the same APIs, stages, services, discovery, load balancer and users in every phase", async () => {
        const kept = [
            "aws:apigateway/restApi:RestApi",
            "aws:apigateway/stage:Stage",
            "aws:apigateway/domainName:DomainName",
            "aws:apigatewayv2/apiMapping:ApiMapping",
            "aws:servicediscovery/service:Service",
            "aws:lb/loadBalancer:LoadBalancer",
            "aws:cognito/userPool:UserPool",
        ];
        const identities = async (phase: number): Promise<readonly string[]> =>
            (await deploy(settingsOf("dev", { phase })))
                .filter(({ type }) => kept.includes(type))
                .map(({ type, name, parent }) => `${type} ${name} < ${parent ?? ""}`)
                .sort();
        const last = await identities(3);
        expect(last.length).to.be.above(35);
        expect(await identities(1)).to.deep.equal(last);
        expect(await identities(2)).to.deep.equal(last);
    });
});
