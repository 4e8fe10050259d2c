import { expect } from "chai";
import {
    checkAuthorities,
    resolveAuthorities,
    type AuthorityArgs,
} from "../../../components/model/authority";
import { describeIssue } from "../../../components/model/issues";

const [one, two] = [{ generation: 1 }, { generation: 2 }];
const privateCaArn =
    "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0a1b2c3d-0000-4000-8000-0123456789ab";

function issuesOf(args: AuthorityArgs): readonly string[] {
    return checkAuthorities(args, "eu-central-1").map(describeIssue);
}

describe("Certificate authorities", () => {
    it("are the stack's own first one unless told otherwise", () => {
        expect(resolveAuthorities()).to.deep.equal({ signer: one, trusted: [one] });
    });

    it("rotate in three stages: both are trusted before and after the signer changes", () => {
        expect(resolveAuthorities({ from: one, to: two, stage: "prepare" })).to.deep.equal({
            signer: one,
            trusted: [one, two],
        });
        expect(resolveAuthorities({ from: one, to: two, stage: "switch" })).to.deep.equal({
            signer: two,
            trusted: [two, one],
        });
        expect(resolveAuthorities({ from: one, to: two, stage: "retire" })).to.deep.equal(
            resolveAuthorities(two),
        );
    });

    it("may be a Private CA of the stack's region, also as the end of a rotation", () => {
        expect(issuesOf({ privateCaArn })).to.deep.equal([]);
        expect(issuesOf({ from: one, to: { privateCaArn }, stage: "prepare" })).to.deep.equal([]);
    });

    it("are refused with every issue at once", () => {
        const args = {
            from: { generation: 0 },
            to: { privateCaArn: privateCaArn.replace("eu-central-1", "eu-west-1"), signingAlgorithm: "MD5" },
            stage: "begin",
        } as unknown as AuthorityArgs;
        expect(issuesOf(args)).to.deep.equal([
            "from.generation is 0; use a whole number from 1",
            `to.privateCaArn is "${privateCaArn.replace("eu-central-1", "eu-west-1")}"; use an ARN such as "arn:aws:acm-pca:eu-central-1:…:certificate-authority/…", of the stack's region`,
            'to.signingAlgorithm is "MD5"; use one of SHA256WITHECDSA, SHA384WITHECDSA, SHA512WITHECDSA, SHA256WITHRSA, SHA384WITHRSA, SHA512WITHRSA',
            'stage is "begin"; use one of prepare, switch, retire',
        ]);
        expect(issuesOf({ from: one, to: one, stage: "switch" })).to.deep.equal([
            'to is "own-1"; use another authority than from',
        ]);
    });
});
