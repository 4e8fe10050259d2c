import { expect } from "chai";
import { render } from "../../../local/lab/view";

const breaker = { callee: "payment", instances: 2, unhealthy: 0 };
const edge = {
    caller: "order",
    callee: "payment",
    localPort: 9104,
    protocol: "http1" as const,
    clusters: ["payment"],
    ok: 7,
    failed: 5,
    lastStatus: 503,
};

describe("The lab's view", () => {
    it("shows each service, and each edge with the caller's breaker", () => {
        const text = render({
            services: [{ service: "payment", address: "127.77.0.10", words: "fails", requests: 12 }],
            edges: [
                { ...edge, breakers: [{ ...breaker, ejected: 0 }] },
                { ...edge, breakers: [{ ...breaker, ejected: 1 }] },
                { ...edge, breakers: [{ ...breaker, ejected: 2 }] },
                { ...edge, breakers: [{ ...breaker, ejected: 0, unhealthy: 2 }] },
                { ...edge, breakers: [{ ...breaker, ejected: 0, instances: 0 }], lastStatus: undefined },
                { ...edge, breakers: [] },
                {
                    ...edge,
                    breakers: [
                        { ...breaker, ejected: 0 },
                        { ...breaker, callee: "next", ejected: 2 },
                    ],
                },
            ],
            message: "payment fails",
        });
        expect(text.split("\n").map((line) => line.trimEnd())).to.deep.equal([
            "service  address      application  requests",
            "payment  127.77.0.10  fails        12",
            "",
            "caller  callee   breaker                    ok  failed  last",
            "order   payment  closed                     7   5       503",
            "order   payment  1 of 2 out                 7   5       503",
            "order   payment  OPEN                       7   5       503",
            "order   payment  unhealthy                  7   5       503",
            "order   payment  no instance known          7   5",
            "order   payment  ?                          7   5       503",
            "order   payment  payment closed, next OPEN  7   5       503",
            "",
            "payment fails",
        ]);
    });
});
