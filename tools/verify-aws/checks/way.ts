import { accessLogs, call, LOGGED, memberLogs, rows, seenBy } from "../calls";
import { holds, notSeen, type Check, type Finding, type Probe } from "../check";
import { told } from "../http";

/** API Gateway's way to the ingress: each of these shows in whether a request gets there. */
async function arrives(probe: Probe, means: string): Promise<Finding> {
    const answer = await call(probe, "/things");
    const arrived = answer.status === 200 && seenBy(answer) !== undefined;
    return holds(
        arrived,
        `${told(answer)}; the service ${arrived ? "answered" : "did not answer"}: ${means}`,
    );
}

export const way: readonly Check[] = [
    {
        entry: 1,
        title: "API Gateway presents the stage's client certificate",
        run: (probe: Probe): Promise<Finding> =>
            arrives(probe, "the ingress accepts nobody without that certificate"),
    },
    {
        entry: 2,
        title: "the stage's name is in the path of a private integration",
        run: async (probe: Probe): Promise<Finding> => {
            const since = probe.now();
            await call(probe, "/things");
            const found = await probe.until(
                LOGGED,
                () => probe.aws.logs(memberLogs(probe, "ingress"), since, '{ $.path = "*/things" }'),
                (events) => events.length > 0,
            );
            const path = rows(found).map((row) => String(row.path))[0];
            return path === undefined
                ? notSeen("the ingress logged no request")
                : holds(path.startsWith("/v2/"), `the ingress was asked for ${path}`);
        },
    },
    {
        entry: 3,
        title: "TLS 1.2 or newer with an ECDHE-ECDSA cipher towards a private backend",
        run: (probe: Probe): Promise<Finding> =>
            arrives(probe, "the ingress's key is ECDSA, and it speaks TLS 1.2 and newer only"),
    },
    {
        entry: 4,
        title: "`insecureSkipVerification` accepts the mesh authority's certificate",
        run: (probe: Probe): Promise<Finding> =>
            arrives(
                probe,
                "its certificate is of the mesh's own authority (that its name is checked is not probed)",
            ),
    },
    {
        entry: 17,
        title: "the stage variable `vpcLinkId` is resolved for a V2 link",
        run: async (probe: Probe): Promise<Finding> => {
            const since = probe.now();
            const finding = await arrives(probe, "the integration names its link by the stage variable");
            if (finding.holds === true) {
                return finding;
            }
            const found = await probe.until(
                LOGGED,
                () => probe.aws.logs(accessLogs(probe), since),
                (events) => events.length > 0,
            );
            const refusal = rows(found).map((row) => String(row.refusal))[0] ?? "nothing";
            return holds(false, `${finding.observed}; the access log says ${refusal}`);
        },
    },
];
