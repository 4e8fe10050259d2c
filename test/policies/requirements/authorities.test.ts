import { expect } from "chai";
import { meshCertificates } from "../../../policies/rules/meshCertificates";
import { unknownText, type TestResource } from "../support/stack";
import { findings } from "../support/table";
import { application, bootstraps, ecsService, sidecar } from "../support/shop";

const term: TestResource = {
    type: "tls:index/selfSignedCert:SelfSignedCert",
    name: "payment-term",
    props: { validityPeriodHours: 720, earlyRenewalHours: 360, validityEndTime: unknownText },
};
const certificate: TestResource = {
    type: "aws:acmpca/certificate:Certificate",
    name: "payment",
    props: {
        templateArn: "arn:aws:acm-pca:::template/EndEntityCertificate/V1",
        validity: { type: "END_DATE", value: unknownText },
    },
    from: { validity: ["payment-term"] },
};

function withProps(resource: TestResource, props: object): TestResource {
    return { ...resource, props: { ...resource.props, ...props } };
}

describe("A Private CA's certificates", () => {
    const rule = meshCertificates();

    it("are accepted when they end with a term that is renewed in time, at preview and deployed", async () => {
        expect(await findings(rule, [term, certificate])).to.deep.equal([]);
        const end = "2031-01-31T00:00:00Z";
        const deployed = [
            withProps(term, { validityEndTime: end }),
            withProps(certificate, { validity: { type: "END_DATE", value: end } }),
        ];
        expect(await findings(rule, deployed)).to.deep.equal([]);
    });

    it("are refused when they end on another day than the term", async () => {
        const deployed = [
            withProps(term, { validityEndTime: "2031-01-31T00:00:00Z" }),
            withProps(certificate, { validity: { type: "END_DATE", value: "2041-01-31T00:00:00Z" } }),
        ];
        expect(await findings(rule, deployed)).to.deep.equal([
            'validity.value: found "2041-01-31T00:00:00Z"; required the end of exactly one self-signed certificate of this program',
        ]);
    });

    it("are refused without a term: nothing would renew them", async () => {
        const fixed = {
            ...withProps(certificate, { validity: { type: "DAYS", value: "30" } }),
            from: {},
        };
        expect(await findings(rule, [term, fixed])).to.deep.equal([
            'validity.type: found "DAYS"; required "END_DATE"',
            'validity.value: found "30"; required the end of exactly one self-signed certificate of this program',
        ]);
    });

    it("are refused when the term is long or renewed late", async () => {
        const long = withProps(term, { validityPeriodHours: 8760, earlyRenewalHours: 24 });
        expect(await findings(rule, [long, certificate])).to.deep.equal([
            "validityPeriodHours: found 8760; required at most 720 hours",
            "earlyRenewalHours: found 24; required at least 360 hours before the end",
        ]);
    });

    it("are refused when the template makes authorities", async () => {
        const templateArn = "arn:aws:acm-pca:::template/SubordinateCACertificate_PathLen0/V1";
        expect(await findings(rule, [term, withProps(certificate, { templateArn })])).to.deep.equal([
            `templateArn: found "${templateArn}"; required EndEntityCertificate/V1: members sign nobody`,
        ]);
    });
});

describe("What members trust", () => {
    const authority = (name: string, isCaCertificate = true): TestResource => ({
        type: "tls:index/selfSignedCert:SelfSignedCert",
        name,
        props: { isCaCertificate },
    });
    const parameter = (from: readonly string[], value = unknownText): TestResource => ({
        type: "aws:ssm/parameter:Parameter",
        name: "trust",
        props: { name: "/m/trust", type: "String", value },
        from: { value: from },
    });
    const service = ecsService("payment-service", [application(), sidecar(bootstraps.payment())]);

    /** The rule has more to say of this small stack; only what it says of trust counts here. */
    async function trustFindings(...resources: readonly TestResource[]): Promise<readonly string[]> {
        const trust = { Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" } }] };
        const role: TestResource = {
            type: "aws:iam/role:Role",
            name: "role",
            props: { arn: unknownText, assumeRolePolicy: JSON.stringify(trust) },
        };
        const [task, ecs] = service;
        const owned = { ...task!, from: { executionRoleArn: ["role"] } };
        const withRole = withProps(owned, { executionRoleArn: unknownText });
        const key: TestResource = {
            type: "aws:ssm/parameter:Parameter",
            name: "key",
            props: { name: "/m/private-key", type: "SecureString" },
        };
        return findings(meshCertificates(), [role, key, withRole, ecs!, ...resources]);
    }

    it("is one authority, or two during a rotation", async () => {
        expect(await trustFindings(authority("a"), parameter(["a"]))).to.deep.equal([]);
        expect(await trustFindings(authority("a"), authority("b"), parameter(["a", "b"]))).to.deep.equal([]);
        const pem = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n";
        expect(await trustFindings(parameter([], pem)), "a Private CA's").to.deep.equal([]);
    });

    it("is not three, none, or a certificate that is no authority's", async () => {
        const pem = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n";
        expect(await trustFindings(authority("a"), parameter(["a"], pem.repeat(3)))).to.deep.equal([
            "value: found 3 authorities; required certificates of at most 2 authorities",
        ]);
        expect(await trustFindings(parameter([], "none"))).to.deep.equal([
            "value: found none; required certificates of at most 2 authorities",
        ]);
        expect(await trustFindings(authority("a", false), parameter(["a"]))).to.deep.equal([
            'isCaCertificate: found false; required true: "a" is trusted to sign',
        ]);
    });

    it("stands in a parameter of this program", async () => {
        const [found] = await trustFindings();
        expect(found).to.contain('found "/m/trust"; required the name of one parameter of this program');
    });
});
