import { expect } from "chai";
import { MeshedService } from "../../../components/mesh/MeshedService";
import { record } from "../../support/mocks";
import { refused } from "./deployService";
import { cartImage, createMesh } from "./support";

describe("A MeshedService", () => {
    it("reports every bad argument at once, before any child exists", async () => {
        const { message, children } = await refused("cart", {
            image: "cart:latest",
            port: 15443,
            size: { cpu: 256, memory: 100 },
            desiredCount: 0,
            scaling: { maximum: 31, cpuPercent: 100 },
            user: "0",
            stopTimeoutSeconds: 121,
            environment: { TOKEN: "x" },
            secrets: { TOKEN: { parameter: "token" } },
        });
        expect(message).to.equal(
            [
                'MeshedService "cart": 10 issues',
                "  - size.memory is 100; use 512 to 2048 MiB in steps of 512 except 1536 for 256 CPU units",
                '  - image is "cart:latest"; use an image by digest ("…@sha256:<64 hex digits>") or by an exact tag ("…:1.4.2"), not a tag that moves',
                "  - port is 15443; use a whole number from 1024 to 65535 other than 4317, 9901, 13133, 15443",
                "  - desiredCount is 0; use 1 to 30 tasks",
                "  - scaling.maximum is 31; use 0 (desiredCount) to 30 tasks",
                "  - scaling.cpuPercent is 100; use 10 to 90 percent",
                '  - user is "0"; use a numeric user other than root, such as "65532:65532"',
                "  - stopTimeoutSeconds is 121; use 1 to 120 seconds",
                '  - environment.TOKEN is "TOKEN"; use either environment or secrets',
                '  - secrets.TOKEN is "token"; use a parameter\'s full name, such as "/shop/db/password"',
            ].join("\n"),
        );
        expect(children).to.deep.equal([]);
    });

    it("refuses a service that the mesh does not have", async () => {
        const { message, children } = await refused("basket", {});
        expect(message).to.equal(
            'MeshedService "basket": name is "basket"; use one of the mesh\'s services: cart, stock.',
        );
        expect(children).to.deep.equal([]);
    });

    it("refuses a port on which a callee is reached", async () => {
        const { message } = await refused("cart", { port: 9002 });
        expect(message).to.equal(
            'MeshedService "cart": port is 9002; use a port other than 9002, on which stock is reached.',
        );
    });

    it("refuses a variable by which it tells where a callee is, with everything else that is wrong", async () => {
        const { message, children } = await refused("cart", {
            port: 9002,
            image: "cart",
            environment: { STOCK_URL: "http://stock" },
            secrets: { STOCK_URL: { parameter: "/stock/url" } },
        });
        const wantName = "use another name: the mesh sets it to the address of stock";
        expect(message.split("\n  - ").slice(2)).to.deep.equal([
            'environment.STOCK_URL is "STOCK_URL"; use either environment or secrets',
            "port is 9002; use a port other than 9002, on which stock is reached",
            `environment.STOCK_URL is "STOCK_URL"; ${wantName}`,
            `secrets.STOCK_URL is "STOCK_URL"; ${wantName}`,
        ]);
        expect(children).to.deep.equal([]);
    });

    it("refuses a gRPC service whose application nobody can ask for its health", async () => {
        let message = "";
        await record(() => {
            const mesh = createMesh({
                services: { cart: { localPort: 9001, protocol: "grpc" } },
                ingress: [],
            });
            try {
                new MeshedService("cart", { mesh, image: cartImage, port: 8080 });
            } catch (error) {
                message = error instanceof Error ? error.message : String(error);
            }
        });
        expect(message).to.equal(
            'MeshedService "cart": healthCommand is missing; use a command that asks the application over grpc, such as ["CMD", "/bin/grpc_health_probe", "-addr=:8080"].',
        );
    });

    it("refuses a task definition that ECS would refuse for its size", async () => {
        const { message, children } = await refused("cart", { environment: { LARGE: "x".repeat(60_000) } });
        expect(message).to.match(
            /^MeshedService "cart": containerDefinitions is "\d+ KiB"; use at most 56 KiB: call fewer services, or move/,
        );
        expect(children).to.deep.equal([]);
    });
});
