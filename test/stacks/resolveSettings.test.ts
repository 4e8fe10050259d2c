import { expect } from "chai";
import { describeIssue } from "../../components/model/issues";
import { resolveSettings } from "../../stacks/resolveSettings";
import { stackConfiguration } from "./stackConfiguration";
import { settingsOf } from "./deployShop";

const issuesOf = (
    traffic: Record<string, unknown>,
    others: { stack?: string; region?: string } = {},
): string[] =>
    resolveSettings({
        project: "traffic",
        stack: "dev",
        region: "eu-central-1",
        traffic,
        ...others,
    }).issues.map(describeIssue);

describe("resolveSettings", () => {
    it("is in phase 3 unless it says otherwise, and takes plain calls in phase 2 only", () => {
        expect(settingsOf("dev")).to.deep.include({ phase: 3, plainCalls: false });
        expect(settingsOf("dev", { phase: 2, plainCalls: true })).to.deep.include({
            phase: 2,
            plainCalls: true,
        });
        expect(() => settingsOf("dev", { phase: 4 })).to.throw("one of 1, 2, 3");
        expect(() => settingsOf("dev", { phase: 3, plainCalls: true })).to.throw("the setting is phase 2's");
    });

    for (const stack of ["dev", "prod"]) {
        it(`accepts Pulumi.${stack}.yaml`, () => {
            const { settings, issues } = resolveSettings({
                project: "traffic",
                stack,
                ...stackConfiguration(stack),
            });
            expect(issues).to.deep.equal([]);
            expect(settings?.prefix).to.equal(`traffic-${stack}`);
        });
    }

    it("lets dev and prod differ in size and names, never in which settings there are", () => {
        expect(Object.keys(stackConfiguration("dev").traffic)).to.deep.equal(
            Object.keys(stackConfiguration("prod").traffic),
        );
    });

    it("reports every issue at once", () => {
        const { traffic } = stackConfiguration("dev");
        const bad = {
            ...traffic,
            domain: "api",
            allowedOrigins: ["https://dev.shop.example", "*"],
            images: {
                ...(traffic.images as object),
                "user-service": "user:latest",
                "cart-service": "cart:1.0.0",
            },
            size: {
                zones: 1,
                service: { cpu: 300, memory: 512, tasks: 0, maximum: 1 },
                ingress: { cpu: 256, memory: 4096, tasks: 1 },
            },
            logRetentionDays: 31,
            protect: "yes",
            ratelimit: 5000,
        };
        expect(issuesOf(bad, { region: "Frankfurt", stack: "a-very-long-stack-name" })).to.deep.equal([
            'stack is "a-very-long-stack-name"; use a name with which "traffic-a-very-long-stack-name" has at most 24 lower-case letters, digits and hyphens',
            'aws:region is "Frankfurt"; use a region, such as "eu-central-1"',
            'traffic:domain is "api"; use a DNS name of at least two labels, such as "shop.internal"',
            'traffic:allowedOrigins[1] is "*"; use an origin: "https://" and a host name, without path or wildcard ("http://localhost:<port>" for development)',
            'traffic:images.user-service is "user:latest"; use an image by digest ("…@sha256:<64 hex digits>") or by an exact tag ("…:1.4.2"), not a tag that moves',
            'traffic:images.cart-service is "cart:1.0.0"; use only envoy, collector, limiter, user-service, product-service, order-service, payment-service, inventory-service, notification-service, analytics-service, search-service',
            "traffic:size.zones is 1; use a whole number from 2 to 6",
            "traffic:size.service.tasks is 0; use a whole number from 1 to 30",
            "traffic:size.service.cpu is 300; use one of 256, 512, 1024, 2048, 4096, 8192, 16384 CPU units",
            "traffic:size.ingress.memory is 4096; use 512 to 2048 MiB in steps of 512 except 1536 for 256 CPU units",
            "traffic:logRetentionDays is 31; use a number of days that CloudWatch Logs knows, such as 30, 90 or 365",
            'traffic:protect is "yes"; use true or false',
            expectedUnknownKey,
        ]);
    });

    it("knows the data planes, and by their names what a mesh may do without", () => {
        const { traffic } = stackConfiguration("dev");
        const [dataPlane, givesUp, ...others] = issuesOf({
            ...traffic,
            dataPlane: "linkerd",
            givesUp: ["tls"],
        });
        expect(others).to.deep.equal([]);
        expect(dataPlane).to.equal('traffic:dataPlane is "linkerd"; use one of envoy, appmesh');
        expect(givesUp).to.match(/^traffic:givesUp\[0\] is "tls"; use one of mutualTls, tls13, callers, /);
    });

    it("adds up what all services would take of Fargate, and says what to ask for", () => {
        const { traffic } = stackConfiguration("dev");
        const size = {
            zones: 2,
            service: { cpu: 256, memory: 512, tasks: 1, maximum: 4 },
            ingress: { cpu: 512, memory: 1024, tasks: 2 },
        };
        // (8 x 4 x 0.25 + 2 x 0.5) vCPU, twice while all are deployed.
        expect(issuesOf({ ...traffic, size, quotas: { fargateVcpu: 18 } })).to.deep.equal([]);
        const asked =
            'at least 18, once AWS has granted it: every service at its largest, twice while it is deployed (Service Quotas, AWS Fargate, L-3032A538 "Fargate On-Demand vCPU resource count"); or fewer or smaller tasks';
        expect(issuesOf({ ...traffic, size, quotas: { fargateVcpu: 17 } })).to.deep.equal([
            `traffic:quotas.fargateVcpu is 17; use ${asked}`,
        ]);
        expect(issuesOf({ ...traffic, size, quotas: {} })).to.deep.equal([
            `traffic:quotas.fargateVcpu is 6; use ${asked}`,
        ]);
    });

    it("takes a certificate authority, and a rotation from one to another", () => {
        const { traffic } = stackConfiguration("dev");
        const privateCaArn = "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b2c3d";
        const authorities = [
            { generation: 2 },
            { privateCaArn },
            { from: { generation: 1 }, to: { privateCaArn }, stage: "prepare" },
        ];
        for (const certificateAuthority of authorities) {
            expect(issuesOf({ ...traffic, certificateAuthority })).to.deep.equal([]);
        }
        expect(
            issuesOf({ ...traffic, certificateAuthority: { generation: 1, stage: "switch" } }),
        ).to.deep.equal(['traffic:certificateAuthority.stage is "switch"; use only generation']);
    });

    it("says what is missing", () => {
        const { traffic } = stackConfiguration("dev");
        const rest = Object.fromEntries(
            Object.entries(traffic).filter(([name]) => name !== "domain" && name !== "clients"),
        );
        expect(issuesOf(rest)).to.deep.equal([
            'traffic:domain is missing; use a DNS name of at least two labels, such as "shop.internal"',
            "traffic:clients is missing; use an object with web, mobile, consumers",
        ]);
    });
});

const expectedUnknownKey =
    "traffic:ratelimit is 5000; use only domain, hostedZoneId, certificateArn, allowedOrigins, images, size, rateLimit, quotas, guests, clients, signIn, certificateAuthority, dataPlane, givesUp, phase, plainCalls, alarms, logRetentionDays, protect, existing";
