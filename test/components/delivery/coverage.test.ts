import { expect } from "chai";
import { coveredTypes } from "../../../components/delivery/documents";
import { awsTable } from "../../../local/providers/aws/table";
import { scope } from "./support";

/** What local mode emulates although the deployed stacks have none of it, or an administrator alone deploys it. */
const NOT_DEPLOYED_BY_CI: readonly string[] = [
    "aws:apigateway/basePathMapping:BasePathMapping",
    "aws:apigateway/response:Response",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    "aws:ec2/eip:Eip",
    "aws:ec2/natGateway:NatGateway",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    "aws:iam/policy:Policy",
    "aws:wafv2/ipSet:IpSet",
];

describe("The deploy role", () => {
    it("knows every type of resource that the program can deploy", () => {
        const covered = coveredTypes(scope);
        const unknown = Object.keys(awsTable).filter((type) => !covered.has(type));
        // A new type needs its permissions in components/delivery/grants, or its name above.
        expect(unknown.sort()).to.deep.equal([...NOT_DEPLOYED_BY_CI].sort());
    });
});
