import { expect } from "chai";
import { permissions } from "../../../../components/mesh/envoy/permissions";

const http = { protocol: "http", healthPath: "/healthz?deep=1" } as const;
const health = { url_path: { path: { exact: "/healthz" } } };
const methodIn = (regex: string): object => ({
    header: { name: ":method", string_match: { safe_regex: { regex } } },
});
const below = (regex: string): object => ({ url_path: { path: { safe_regex: { regex } } } });

describe("What an allowed caller may ask for", () => {
    it("is everything where nothing narrows it", () => {
        expect(permissions([], http)).to.deep.equal([{ any: true }]);
    });

    it("is methods, a path with what is below it, or both; and the health check", () => {
        expect(
            permissions(
                [{ methods: ["GET", "POST"], path: "/charges" }, { methods: ["DELETE"] }, { path: "/a.b+c" }],
                http,
            ),
        ).to.deep.equal([
            { and_rules: { rules: [methodIn("GET|POST"), below("/charges(/.*)?")] } },
            { and_rules: { rules: [methodIn("DELETE")] } },
            { and_rules: { rules: [below("/a\\.b\\+c(/.*)?")] } },
            health,
        ]);
    });

    it("asks a gRPC service for its health where that is", () => {
        expect(
            permissions([{ path: "/stock.v1.Stock" }], { protocol: "grpc", healthPath: "/healthz" }),
        ).to.deep.equal([
            { and_rules: { rules: [below("/stock\\.v1\\.Stock(/.*)?")] } },
            { url_path: { path: { exact: "/grpc.health.v1.Health/Check" } } },
        ]);
    });
});
